/** Waits for Ctrl-C or a polite end; a second one ends the process at once. */

/** The shell's way to say that a process ended by SIGINT. */
const FORCED = 130;

/** npm hands on a Ctrl-C that the terminal has sent us already: what comes so soon is the same one. */
const SAME_MS = 1_000;

/** How often we look whether npm, when it started us, is still there. */
const LOOK_EVERY_MS = 1_000;

/** The embedded servers end with us, however we end; and we end with the `npm start` that started us, however it ends. */
export function untilAskedToStop(): Promise<'asked'> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const onSignal = (): void => {
      const now = performance.now();
      if (askedAt !== undefined && now - askedAt >= SAME_MS) process.exit(FORCED);
      if (askedAt !== undefined) return;
      askedAt = now;
      resolve('asked');
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    process.on('SIGHUP', onSignal);
    if (process.env['npm_lifecycle_event'] !== 'start') return;
    const npm = process.ppid;
    const look = setInterval(() => {
      if (process.ppid === npm) return;
      clearInterval(look);
      onSignal();
    }, LOOK_EVERY_MS);
    look.unref();
  });
}

/** Runs a process from its first line to its last: up, until somebody or something stops it, down. */

import type { Lang } from '../../engine/playbook/text.ts';
import { messageOf, type Say } from '../../workers/embedded/setup-error.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { createStops, type Stops } from '../serve/stops.ts';
import { untilAskedToStop } from '../serve/until-asked-to-stop.ts';

export interface Running {
  readonly url: string;
  /** Resolves with why, when a part that cannot be done without has stopped by itself. */
  readonly failed: Promise<Error>;
}

/** What is said goes to standard error; the log alone has standard output. @throws CliExit, SetupError */
export async function runUntilStopped(
  start: (say: Say, stops: Stops) => Promise<Running>,
  what: { readonly zh: string; readonly en: string },
  lang: Lang,
): Promise<void> {
  const print = (zh: string, en: string) => process.stderr.write(`${lang === 'zh' ? zh : en}\n`);
  const stops = createStops((error) => process.stderr.write(`${messageOf(error)}\n`));
  const asked = untilAskedToStop();
  const starting = start((line) => print(line.zh, line.en), stops);
  try {
    const first = await Promise.race([asked, starting]);
    if (first !== 'asked') {
      print(`${what.zh}已就绪：${first.url}`, `${what.en} is ready: ${first.url}`);
      const end = await Promise.race([asked, first.failed]);
      if (end instanceof Error) throw new CliExit(EXIT.fault, { zh: end.message, en: end.message });
    }
    print('正在停止', 'stopping');
  } finally {
    // Stopped in the middle of a start: what is being started now is stopped once it has.
    await starting.catch(() => undefined);
    await stops.run();
  }
  print('已停止', 'stopped');
}

/** What has been started, to be stopped in the opposite order, once. */

export interface Stops {
  add(stop: () => Promise<void> | void): void;
  /** Stops everything, the newest first; what fails does not keep the others from stopping. A second call waits for the first. */
  run(): Promise<void>;
}

export function createStops(onFailure: (error: unknown) => void): Stops {
  const stops: (() => Promise<void> | void)[] = [];
  let running: Promise<void> | undefined;

  async function runAll(): Promise<void> {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) {
      try {
        await stop();
      } catch (error) {
        onFailure(error);
      }
    }
  }

  return {
    add: (stop) => stops.push(stop),
    run: () => {
      running ??= runAll();
      return running;
    },
  };
}

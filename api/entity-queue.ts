/** Lets at most so many commands of one entity be on their way at once; the rest wait their turn here. */

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

export interface EntityQueue {
  /**
   * Runs `task` as soon as its entity has a free slot.
   * @returns `undefined` without having run it, when as many as `maxWaiting` already wait.
   */
  run<T>(entity: string, task: () => Promise<T>): Promise<T | undefined>;
}

/** Temporal takes 10 updates in flight per workflow; the eleventh would be turned away there. */
export function createEntityQueue(limits: { inFlight: number; maxWaiting: number }): EntityQueue {
  const lanes = new Map<string, Lane>();

  function leave(entity: string, lane: Lane): void {
    const next = lane.waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    lane.running -= 1;
    if (lane.running === 0) lanes.delete(entity);
  }

  async function run<T>(entity: string, task: () => Promise<T>): Promise<T | undefined> {
    const lane = lanes.get(entity) ?? { running: 0, waiting: [] };
    lanes.set(entity, lane);
    if (lane.running >= limits.inFlight) {
      if (lane.waiting.length >= limits.maxWaiting) return undefined;
      await new Promise<void>((resolve) => lane.waiting.push(resolve));
    } else {
      lane.running += 1;
    }
    try {
      return await task();
    } finally {
      leave(entity, lane);
    }
  }

  return { run };
}

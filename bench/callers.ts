/** Callers who send one thing after another, several at once, each to an entity of its own. */

/** One thing to the entity of this number. */
export type Send = (entity: number) => Promise<void>;

export interface Round {
  readonly perSecond: number;
  /** Milliseconds of each. */
  readonly times: readonly number[];
}

export async function round(send: Send, callers: number, count: number): Promise<Round> {
  let left = count;
  const times: number[] = [];
  const start = performance.now();
  const calls = Array.from({ length: callers }, async (_, caller) => {
    for (; left > 0; ) {
      left -= 1;
      const from = performance.now();
      await send(caller);
      times.push(performance.now() - from);
    }
  });
  // All come to their end before one's failure is told: what they use is stopped then.
  await Promise.allSettled(calls);
  await Promise.all(calls);
  return { perSecond: (times.length * 1000) / (performance.now() - start), times };
}

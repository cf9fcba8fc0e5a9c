/** Callers who insist: each sends a command until it is answered for good, always under the same key, as callers are told to. */

export interface LoadFigures {
  answered: number;
  faults: number;
  /** The longest that anybody waited for any answer, in milliseconds. */
  longestMs: number;
}

export interface Attempt {
  readonly taken: boolean;
  /** Why it was not taken; thrown unless it is a fault. */
  readonly fault?: string;
}

/**
 * Each of `lanes` sends `each` commands one after another, and insists on every one.
 * @param send one attempt at the n-th command of a lane
 */
export function underLoad(
  lanes: number,
  each: number,
  send: (lane: number, n: number) => Promise<Attempt>,
): { readonly figures: LoadFigures; readonly faults: Set<string>; readonly done: Promise<void> } {
  const figures: LoadFigures = { answered: 0, faults: 0, longestMs: 0 };
  const faults = new Set<string>();
  const insist = async (lane: number, n: number): Promise<void> => {
    for (;;) {
      const sentAt = performance.now();
      const attempt = await send(lane, n);
      figures.longestMs = Math.max(figures.longestMs, performance.now() - sentAt);
      if (attempt.taken) break;
      figures.faults += 1;
      faults.add(attempt.fault ?? '');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    figures.answered += 1;
  };
  const done = Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let n = 0; n < each; n += 1) await insist(lane, n);
    }),
  ).then(() => undefined);
  return { figures, faults, done };
}

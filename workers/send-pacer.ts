/**
 * Spaces the signals to one entity. The server buffers about a hundred while a workflow task runs and then breaks the
 * task off, which SDK 1.24 can answer with a history that does not replay.
 */

export interface SendPacer {
  /** Takes the next place in the row: how long to wait for it, in milliseconds, or undefined when that would be too long. */
  take(target: string, now: number): number | undefined;
}

const SPACING_MS = 40;
/** Beyond this a delivery gives up its turn instead of waiting in a worker's slot. */
export const LONGEST_WAIT_MS = 5000;
const MOST_REMEMBERED = 10_000;

/** Shared by all deliveries of a process. */
export function createSendPacer(): SendPacer {
  const nextFree = new Map<string, number>();
  return {
    take: (target, now) => {
      const at = Math.max(now, nextFree.get(target) ?? 0);
      if (at - now > LONGEST_WAIT_MS) return undefined;
      if (nextFree.size >= MOST_REMEMBERED)
        for (const [known, free] of nextFree) if (free <= now) nextFree.delete(known);
      nextFree.set(target, at + SPACING_MS);
      return at - now;
    },
  };
}

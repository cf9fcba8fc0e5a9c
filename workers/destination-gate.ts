/** Limits what goes to one destination: few at once, and after failures nothing for a while, so that a dead one delays only itself. */

export interface DestinationGate {
  /** Undefined: go ahead, and call `leave` afterwards. Else how many milliseconds to wait before asking again. */
  enter(destination: string, now: number): number | undefined;
  leave(destination: string, now: number, succeeded: boolean): void;
}

interface Standing {
  inFlight: number;
  failures: number;
  closedUntil: number;
}

const MOST_IN_FLIGHT = 4;
const BUSY_PAUSE_MS = 2000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** Shared by all deliveries of a process. */
export function createDestinationGate(): DestinationGate {
  const standings = new Map<string, Standing>();
  return {
    enter: (destination, now) => {
      const standing = standings.get(destination) ?? { inFlight: 0, failures: 0, closedUntil: 0 };
      standings.set(destination, standing);
      if (standing.closedUntil > now) return standing.closedUntil - now;
      // After a failure one probe goes alone.
      if (standing.inFlight >= (standing.failures > 0 ? 1 : MOST_IN_FLIGHT)) return BUSY_PAUSE_MS;
      standing.inFlight += 1;
      return undefined;
    },
    leave: (destination, now, succeeded) => {
      const standing = standings.get(destination);
      if (standing === undefined) return;
      standing.inFlight -= 1;
      standing.failures = succeeded ? 0 : standing.failures + 1;
      standing.closedUntil = succeeded
        ? 0
        : now + Math.min(FIRST_PAUSE_MS * 2 ** (standing.failures - 1), LONGEST_PAUSE_MS);
    },
  };
}

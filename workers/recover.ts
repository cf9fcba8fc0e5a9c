/** Brings Temporal back in line with PostgreSQL: fills it, and after a restore ends first what runs there. */

import { restartFeed } from '../store/feed.ts';
import { endAllRuns, untilNobodyWorks } from './end-runs.ts';
import { type RefillDeps, type Refilled, refill } from './refill.ts';

export interface RecoverProgress {
  /** Workers were at work a moment ago: whether they are gone shows soon. */
  waiting(): void;
  ended(runs: number): void;
  started(workflows: number): void;
}

export interface Recovered extends Refilled {
  /** Runs that were ended, of cases, persons and imports. */
  readonly ended: number;
}

/**
 * After a restore PostgreSQL knows less than what runs in Temporal: messages and timers of the time that is lost must not
 * come back out of it. A run holds nothing that PostgreSQL has not.
 * @throws SetupError when a worker still runs; Error when a server does not answer: doing it all again is no harm.
 */
export async function recover(
  deps: RefillDeps,
  isAfterRestore: boolean,
  progress: RecoverProgress,
): Promise<Recovered> {
  let ended = 0;
  if (isAfterRestore) {
    await untilNobodyWorks(deps.client, deps.taskQueue, progress.waiting);
    ended = await endAllRuns(deps.client, progress.ended);
    // Cursors from the time that is lost would pass over what now takes its place.
    await restartFeed(deps.store);
  }
  return { ended, ...(await refill(deps, progress.started)) };
}

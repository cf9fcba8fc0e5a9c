/** The sweep: finds what fell behind or got lost, whoever's fault it was, and lets go what nobody needs any more. */

import { pruneDelivered } from '../store/prune-delivered.ts';
import { redeliverLost } from '../store/redeliver-lost.ts';
import { sweepDue } from '../store/sweep.ts';
import type { Log } from './log.ts';
import { type RefillDeps, type RefillProgress, refillIfNew } from './refill.ts';
import { resumeImports } from './resume-imports.ts';
import { wakeEntities } from './start-entities.ts';

export interface TidyDeps extends RefillDeps {
  readonly log: Log;
  readonly refilling: RefillProgress;
}

/** The workflow's own timer, spread over a minute, comes first. */
export const OVERDUE_MS = 2 * 60_000;
const MOST_A_SWEEP = 1000;
/** A message that its receiver has not journalled after this was lost with the receiver's run; older ones were looked at before. */
const LOST_AFTER_MS = 5 * 60_000;
const LOST_SINCE_MS = 60 * 60_000;
/** What was delivered stays this long, so that one can look up what went where. */
const KEPT_MS = 7 * 24 * 60 * 60_000;
const MOST_PRUNED = 5000;

/**
 * @param overdueMs wakes entities that are behind by this much
 * @param isFirst at the start of a worker nobody has looked while all were down, however long that was
 * @throws when Temporal or the database does not answer: the next sweep does the same
 */
export async function tidy(deps: TidyDeps, overdueMs: number, isFirst: boolean): Promise<void> {
  const { store, client, taskQueue, log } = deps;
  const started = await refillIfNew(deps, deps.refilling);
  if (started > 0) log.info({ started }, 'filled a new Temporal namespace');
  await resumeImports(store, { client, taskQueue });
  const from = isFirst ? new Date(0).toISOString() : ago(LOST_SINCE_MS);
  await redeliverLost(store, { from, to: ago(LOST_AFTER_MS), isTemporalNew: false });
  const overdue = await sweepDue(store, ago(overdueMs), MOST_A_SWEEP);
  await wakeEntities({ client, taskQueue }, overdue);
  if (overdue.length > 0) log.info({ entities: overdue.length }, 'woke entities that were overdue');
  const pruned = await pruneDelivered(store, ago(KEPT_MS), MOST_PRUNED);
  if (pruned > 0) log.info({ messages: pruned }, 'forgot messages delivered long ago');
}

function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}

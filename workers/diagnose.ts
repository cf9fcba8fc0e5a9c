/** Looks at one case through the diagnoses that watch it; what it finds, the case hears by command. */

import { viewOf } from '../engine/case/case-view.ts';
import type { FindingCommand } from '../engine/case/findings/finding.ts';
import { lookAt, recordOf } from '../engine/case/findings/watch.ts';
import type { CaseState } from '../engine/case/state.ts';
import type { World } from '../engine/case/world.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { Store } from '../store/open-store.ts';
import { caseById, worldOf } from '../store/read-case.ts';
import { sameCustomer } from '../store/same-customer.ts';
import { judgeFindings } from './judge-findings.ts';

/** What the case should record; absent: nothing new, or no such case. @param now looked at as of then, and never before its last entry */
export async function diagnose(store: Store, id: string, now: Instant): Promise<FindingCommand | undefined> {
  const found = await caseById(store, id);
  if (found === undefined) return undefined;
  const { state } = found;
  const at = state.last_at > now ? state.last_at : now;
  const world = await worldOf(store, state, at);
  if (world === undefined) return undefined;
  const others = await sameCustomer(store.db, world.playbook, [state]);
  return diagnoseIn({ ...world, same_customer: others.get(id) ?? [] }, state);
}

/** The same of a case that was read. */
export async function diagnoseIn(world: World, state: CaseState): Promise<FindingCommand | undefined> {
  const view = viewOf(world, state);
  if (view === undefined) return undefined;
  const holding = await judgeFindings(view);
  return recordOf(lookAt(view, ({ finding }) => holding.has(finding)));
}

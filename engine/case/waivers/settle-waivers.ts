/** The clocks of waivers, and what ends them by itself. */

import { truthOf } from '../../condition/evaluate.ts';
import type { Instant } from '../../time/instant.ts';
import { type CaseView, seenIn } from '../case-view.ts';
import type { Criterion } from '../criterion.ts';
import type { Draft } from '../draft.ts';
import { waivableCriterion, waiverFor, waiversOf } from './standing.ts';
import { isOwedBy, stands, type WaiverEnd, type WaiverEntry } from './waiver.ts';

/** Adds that waivers were used, for those that stood in for one of the criteria passed. */
export function useWaivers(draft: Draft, passed: readonly Criterion[]): void {
  for (const criterion of passed) {
    const entry = waiverFor(draft.view, criterion);
    if (entry === undefined || entry.used_at !== undefined) continue;
    draft.add({ event: 'waiver_used', kind: entry.kind, name: entry.name });
  }
}

/** Adds what is over, and whom to remind: at the end of its day, once what it stands in for is met, or with the case. */
export function settleWaivers(draft: Draft): void {
  for (const entry of waiversOf(draft.view.state)) {
    const because = endOf(draft.view, entry);
    if (because !== undefined) endWaiver(draft, entry, because);
    else if (isToRemind(entry, draft.view.at)) {
      draft.add({ event: 'waiver_reminded', kind: entry.kind, name: entry.name, owner: entry.owner });
    }
  }
}

export function endWaiver(draft: Draft, entry: WaiverEntry, because: WaiverEnd, reason?: string): void {
  const { kind, name, owner, granted_by } = entry;
  draft.add({ event: 'waiver_ended', kind, name, because, ...(reason !== undefined && { reason }), owner, granted_by });
}

function endOf(view: CaseView, entry: WaiverEntry): WaiverEnd | undefined {
  const isOver = entry.over !== undefined;
  if (isOver && !isOwedBy(entry)) return undefined;
  if (view.state.finished) return isOver ? undefined : 'closed';
  const criterion = waivableCriterion(view.rules, entry.kind, entry.name);
  if (criterion !== undefined && truthOf(criterion.condition, seenIn(view)) === true) return 'met';
  return isOver || stands(entry, view.at) ? undefined : 'expired';
}

function isToRemind({ over, reminded, remind_at: remindAt }: WaiverEntry, at: Instant): boolean {
  return over === undefined && reminded !== true && remindAt !== undefined && remindAt <= at;
}

/** When a waiver next does something by itself. */
export function waiversWakeAt({ state }: CaseView): Instant | undefined {
  if (state.finished) return undefined;
  const times = waiversOf(state).flatMap(({ over, reminded, remind_at: remindAt, ends_at: endsAt }) => {
    if (over !== undefined) return [];
    return remindAt !== undefined && reminded !== true ? [remindAt, endsAt] : [endsAt];
  });
  return times.sort()[0];
}

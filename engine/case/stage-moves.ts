/** Moves a case along its stages, with what belongs to each move: the win, the end, and the end of a stall. */

import { endStall } from './clock.ts';
import type { Draft, HappeningOf } from './draft.ts';
import { ladderOf } from './ladder-of.ts';
import { type Route, statusAt } from './route.ts';
import { lostSupport } from './support.ts';

/** Status follows the stage, also of a case that begins there. @param ungated it was won elsewhere, past no gate of ours */
export function beginWhereItStands(
  draft: Draft,
  { wins, isOver, ungated = false }: { readonly wins: boolean; readonly isOver: boolean; readonly ungated?: boolean },
): void {
  if (wins) draft.add({ event: 'won', ...(ungated && { ungated }) });
  if (isOver) draft.add({ event: 'finished' });
}

/** Takes the way whose criteria are met. */
export function goAlong(draft: Draft, route: Route, note?: string): void {
  if (!stallGoesOn(draft, route)) endStall(draft, route.enters === undefined ? 'closed' : 'advance');
  const { ungated } = draft.view.state;
  if (route.wins) draft.add({ event: 'won', ...(note !== undefined && { note }), ...(ungated && { ungated: false }) });
  if (route.enters !== undefined) {
    const from = draft.view.state.stage;
    draft.add({ event: 'stage_entered', from, stage: route.enters.stage, because: 'advance' });
  }
  if (route.finishes) draft.add({ event: 'finished' });
}

/** A ladder that does not end with `advance` goes on in the next stage, where that names the same ladder. */
function stallGoesOn({ view }: Draft, route: Route): boolean {
  const ladder = ladderOf(view);
  const endsSo = ladder === undefined || ladder.ends_when.includes('advance');
  return !endsSo && !route.finishes && route.enters?.ladder === ladder.ladder;
}

/**
 * Takes the case back to an earlier stage, and back from its win where that lies ahead again. A stall whose decision is
 * still owed goes with it: going back is one of the answers, not a way around the question.
 */
export function goBack(
  draft: Draft,
  stage: string,
  because: HappeningOf<'stage_entered'>['because'],
  reason?: string,
): void {
  const { rules, state } = draft.view;
  const undoesWin = state.status === 'won' && statusAt(rules.pipeline, stage) === 'open';
  if (state.clock.stall?.demanded !== true) endStall(draft, 'fall_back');
  draft.add({
    event: 'stage_entered',
    from: state.stage,
    stage,
    because,
    ...(reason !== undefined && { reason }),
    ...(undoesWin && { status: 'open' as const }),
  });
}

/** A stage is never higher than its accepted evidence supports: without this evidence the case may have to go back. */
export function goBackUnsupported(draft: Draft, evidence: string): void {
  const stage = lostSupport(draft.view, evidence);
  if (stage !== undefined) goBack(draft, stage.stage, 'support_lost', evidence);
}

/** Closes the case as lost. */
export function lose(draft: Draft, reason: string, note?: string): void {
  endStall(draft, 'closed');
  draft.add({ event: 'lost', reason, ...(note !== undefined && { note }) });
  draft.add({ event: 'finished' });
}

/** The stall clock of a case: which ladder runs, what it does by now, and what pauses it. */

import { truthOf } from '../condition/evaluate.ts';
import { type LadderInput, type LadderStep, ladderEvents } from '../parts/ladder.ts';
import type { Ladder } from '../playbook/ladder.ts';
import { endOfDay } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import { SYSTEM } from '../who/rights.ts';
import { act } from './act.ts';
import { type CaseView, seenIn } from './case-view.ts';
import type { Draft, HappeningOf } from './draft.ts';
import { ladderOf } from './ladder-of.ts';
import { rungMessages } from './rung-messages.ts';
import { timeboxOf } from './timebox-of.ts';

/** What the ladder machine needs to know; absent where no ladder watches, or the case is finished. */
export function ladderInput(view: CaseView): LadderInput | undefined {
  const ladder = view.state.finished ? undefined : ladderOf(view);
  if (ladder === undefined) return undefined;
  const timebox = timeboxOf(view);
  return {
    ladder,
    calendar: view.calendar,
    clock: view.state.clock,
    now: view.at,
    ...(timebox !== undefined && { timebox }),
    ...dueOf(view, ladder),
  };
}

/** The end of the first of the days that the ladder counts from. */
function dueOf(view: CaseView, { starts }: Ladder): { readonly due?: Instant } {
  const dates = starts.flatMap((start) => (start.kind === 'due' ? [seenIn(view).fact(start.fact)] : []));
  const [first] = dates.filter((date) => typeof date === 'string').sort();
  return first === undefined ? {} : { due: endOfDay(view.calendar, first) };
}

/** Adds what the ladder does by now. @param inDigest an import reached its rungs: people hear of them in one digest */
export function climb(draft: Draft, inDigest: boolean): void {
  const input = ladderInput(draft.view);
  if (input === undefined) return;
  for (const step of ladderEvents(input)) takeStep(draft, input.ladder, step, inDigest);
}

function takeStep(draft: Draft, ladder: Ladder, step: LadderStep, inDigest: boolean): void {
  if (step.step === 'stall_started') {
    const { cause, started_at } = step;
    draft.add({ event: 'stall_started', ladder: ladder.ladder, cause, started_at });
    return;
  }
  const { rung, folded, due_at, counted, paused } = step;
  const fired = [...folded, rung].flatMap((index) => ladder.rungs[index] ?? []);
  const rule = ladder.rungs[rung]?.at ?? ladder.at;
  // A demand passed on the way up stays due: folding saves messages, not decisions.
  const demanded = fired.some((one) => one.demand !== undefined);
  const happening: HappeningOf<'rung_fired'> = {
    event: 'rung_fired',
    ladder: ladder.ladder,
    rung,
    folded,
    due_at,
    counted,
    paused,
    demanded,
    in_digest: inDigest,
    rule,
  };
  draft.add({ ...happening, ...hearers(draft.view, happening) });
  for (const action of fired.flatMap((one) => one.do)) act(draft, action);
}

/** Remembered, so that it can be taken back from them when it is settled. */
function hearers(view: CaseView, happening: HappeningOf<'rung_fired'>) {
  const messages = rungMessages(view.world, view.state, { v: 1, at: view.at, by: SYSTEM, ...happening });
  const asked = messages.filter(({ message }) => message.kind === 'demand').map(({ to }) => to);
  return { told: messages.map(({ to }) => to), ...(happening.demanded && { asked }) };
}

/** Opens or closes the pause by condition, where its truth has changed; a finished case counts no more. */
export function settlePause(draft: Draft): void {
  const { view } = draft;
  if (view.state.finished) return;
  const condition = ladderOf(view)?.pauses_while;
  const holds = condition !== undefined && truthOf(condition, seenIn(view)) === true;
  const isPaused = view.state.clock.pauses.some((pause) => pause.to === undefined);
  if (holds !== isPaused) draft.add({ event: holds ? 'pause_started' : 'pause_ended', why: 'condition' });
}

/** Adds the end of the running stall, if there is one. @param nextStepBy the promise of a case that was pushed */
export function endStall(draft: Draft, because: HappeningOf<'stall_ended'>['because'], nextStepBy?: Instant): void {
  const { stall } = draft.view.state.clock;
  if (stall === undefined) return;
  draft.add({
    event: 'stall_ended',
    because,
    ...(nextStepBy !== undefined && { next_step_by: nextStepBy }),
    ...(stall.told !== undefined && { told: stall.told }),
  });
}

/**
 * Ends the stall where the ladder lets it. An activity from before the stall is no answer to it; nor is any once a
 * decision is demanded: that is owed until it is given, or the case goes on.
 */
export function endStallByActivity(draft: Draft, happenedAt: Instant): void {
  const { stall } = draft.view.state.clock;
  if (stall?.demanded) return;
  const endsSo = ladderOf(draft.view)?.ends_when.includes('activity') === true;
  if (stall !== undefined && endsSo && happenedAt >= stall.started_at) endStall(draft, 'activity');
}

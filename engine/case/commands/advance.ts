/** `advance`: on to the next stage, or to a later one whose way is clear. */

import { shown } from '../../form/problems.ts';
import { routeCriteria } from '../criteria.ts';
import type { Draft } from '../draft.ts';
import type { CaseEvent } from '../event.ts';
import { invalid, misfit, refusal, refused } from '../no.ts';
import type { Outcome } from '../outcome.ts';
import { type Unmet, unmetIn } from '../reasons.ts';
import { type Route, routeTo } from '../route.ts';
import { indexOf } from '../rules-of.ts';
import { goAlong } from '../stage-moves.ts';
import { useWaivers } from '../waivers/settle-waivers.ts';
import { type CommandContext, draftOf, type Handler } from './handler.ts';

export const advance: Handler<'advance'> = (context, { to }) => {
  const { rules, state } = context;
  if (to !== undefined && !indexOf(rules).stages.has(to)) return invalid(misfit('stage-unknown', '/to', shown(to)));
  const route = routeTo(rules.pipeline, state, to);
  if (route === undefined) {
    return refused(
      refusal('stage-not-ahead', [to ?? state.stage, state.stage], { about: `stage ${to ?? state.stage}` }),
    );
  }
  return takeRoute(context, route);
};

/** Refuses with every criterion that is not met, or goes the whole way. */
export function takeRoute(context: CommandContext, route: Route, note?: string): Outcome<CaseEvent> {
  const criteria = routeCriteria(context.rules, context.state, route);
  const unmet = unmetIn(context, criteria);
  const no = unmet.filter(({ criterion }) => criterion.mode === 'enforce').map(({ reason }) => reason);
  if (no.length > 0) return refused(...no);
  const draft = draftOf(context);
  noteGates(draft, unmet);
  useWaivers(draft, criteria);
  goAlong(draft, route, note);
  return draft.accepted(warningsOf(unmet));
}

/** Gates that are being tried out refuse nothing; what they would have said is kept. */
export function noteGates(draft: Draft, unmet: readonly Unmet[]): void {
  for (const { criterion, reason } of unmet) {
    if (criterion.mode === 'enforce') continue;
    const gate = criterion.about.slice('gate '.length);
    draft.add({ event: 'gate_noted', gate, mode: criterion.mode, otherwise: criterion.title, reasons: [reason] });
  }
}

export function warningsOf(unmet: readonly Unmet[]): readonly Unmet['reason'][] {
  return unmet.filter(({ criterion }) => criterion.mode === 'warn').map(({ reason }) => reason);
}

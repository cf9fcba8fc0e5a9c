/** `waive`, `withdraw_waiver`: a milestone or a gate may be passed without being met, for a while, and somebody answers for it. */

import { shown } from '../../form/problems.ts';
import { addDuration, endOfDay, localDate } from '../../time/calendar.ts';
import { inWords } from '../../time/duration.ts';
import { seenIn } from '../case-view.ts';
import { checkPerson } from '../check-person.ts';
import type { Criterion } from '../criterion.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import { forbidden, invalid, misfit, refusal, refused } from '../no.ts';
import type { Outcome, Reason } from '../outcome.ts';
import { remindAt } from '../waivers/remind-at.ts';
import { endWaiver } from '../waivers/settle-waivers.ts';
import { isNeedless, mayWaive, waivableCriterion } from '../waivers/standing.ts';
import { stands, waived } from '../waivers/waiver.ts';
import { waivedWords } from '../waivers/waiver-texts.ts';
import { type CommandContext, type CommandOf, draftOf, type Handler } from './handler.ts';

type Waive = CommandOf<'waive'>;

export const waive: Handler<'waive'> = (context, command) => {
  const { kind, name, until, reason, owner = context.state.owner } = command;
  const { calendar, state, at, actor } = context;
  const criterion = waivableCriterion(context.rules, kind, name);
  if (criterion === undefined) return unknown(command);
  const { waiver } = criterion;
  const nobody = owner === state.owner ? undefined : checkPerson(context.world.people, owner, '/owner');
  if (nobody !== undefined) return invalid(nobody);
  if (until < localDate(calendar, at)) return invalid(misfit('date-in-past', '/until'));
  if (waiver === undefined) {
    return refused(refusal('not-waivable', [waivedWords(command)], { about: criterion.about, rule: criterion.rule }));
  }
  if (!mayWaive(context, waiver, actor)) return forbidden('not-your-waiver', waivedWords(command));
  const no = whyNot(context, command, criterion, waiver);
  if (no.length > 0) return refused(...no);
  const remind = waiver.remind_before && remindAt(calendar, at, until, waiver.remind_before);
  const before = lookUp(state.waivers ?? {}, criterion.about);
  return draftOf(context)
    .add({
      ...{ event: 'waiver_granted', kind, name, reason, owner, until, ends_at: endOfDay(calendar, until) },
      ...(remind !== undefined && { remind_at: remind }),
      times: (before?.times ?? 0) + 1,
      rule: waiver.at,
    })
    .accepted();
};

function whyNot(
  context: CommandContext,
  command: Waive,
  criterion: Criterion,
  { at_most: atMost, approval }: NonNullable<Criterion['waiver']>,
): readonly Reason[] {
  const { calendar, at } = context;
  const where = { about: criterion.about, rule: criterion.rule };
  const reasons: Reason[] = [];
  if (isNeedless(context, criterion)) reasons.push(refusal('waiver-needless', [waivedWords(command)], where));
  const lastDay = localDate(calendar, addDuration(calendar, at, atMost));
  if (command.until > lastDay) {
    reasons.push(refusal('waiver-too-long', [inWords(atMost), lastDay], where));
  }
  if (approval !== undefined && seenIn(context).approval(approval).standing !== 'approved') {
    reasons.push(refusal('waiver-not-approved', [approval], { ...where, about: `approval ${approval}` }));
  }
  return reasons;
}

export const withdrawWaiver: Handler<'withdraw_waiver'> = (context, command) => {
  const { kind, name, reason } = command;
  const criterion = waivableCriterion(context.rules, kind, name);
  if (criterion === undefined) return unknown(command);
  if (criterion.waiver !== undefined && !mayWaive(context, criterion.waiver, context.actor)) {
    return forbidden('not-your-waiver', waivedWords(command));
  }
  const entry = lookUp(context.state.waivers ?? {}, waived(command));
  if (entry === undefined || !stands(entry, context.at)) {
    return refused(refusal('waiver-not-there', [waivedWords(command)], { about: criterion.about }));
  }
  const draft = draftOf(context);
  endWaiver(draft, entry, 'withdrawn', reason);
  return draft.accepted();
};

function unknown({ kind, name }: Pick<Waive, 'kind' | 'name'>): Outcome<CaseEvent> {
  return invalid(misfit(`${kind}-unknown`, '/name', shown(name)));
}

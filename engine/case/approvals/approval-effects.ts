/** What people hear of an approval: those whose turn it is, nobody before, and nobody once it is settled. */

import { changedNames, DIGEST_SHOWN } from '../../parts/approval/content.ts';
import type { Ask } from '../../parts/approval/record.ts';
import type { Message } from '../../person/message.ts';
import type { Settlement } from '../../person/settlement.ts';
import type { ApprovalStep } from '../../playbook/approval.ts';
import type { Text } from '../../playbook/text.ts';
import { localDate } from '../../time/calendar.ts';
import { personOf } from '../../who/reporting-line.ts';
import { whoToAsk } from '../../who/resolve-who.ts';
import { SYSTEM } from '../../who/rights.ts';
import { type CaseView, nameOf, whoContextOf } from '../case-view.ts';
import type { Effect } from '../effect.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import { indexOf } from '../rules-of.ts';
import { messageTo, subjectOf } from '../rung-messages.ts';
import type { ApprovalEventName } from './approval-event.ts';
import {
  APPROVAL_TITLES,
  type AskFacts,
  approvalCopiedText,
  approvalEndedText,
  approvalLateText,
  approvalReminderText,
  approvalToGiveText,
  nobodyAnswersText,
  withAdvice,
  withNote,
} from './approval-texts.ts';
import { approvalIn, recordOf } from './standing.ts';
import { whyNoAuthority } from './why-no-authority.ts';

type EventOf<N extends ApprovalEventName> = Extract<CaseEvent, { readonly event: N }>;

/** @param view after the event */
export function approvalEffects(view: CaseView, event: EventOf<ApprovalEventName>): readonly Effect[] {
  switch (event.event) {
    case 'approval_asked':
      return asked(view, event);
    case 'approval_voided':
      return settled(view, event.approval, event.before, 'replaced');
    case 'approval_rung_fired':
      return rungFired(view, event);
    case 'approval_ended':
      return [...settled(view, event.approval, event.before, 'decided'), ...ended(view, event)];
    case 'approval_requested':
    case 'approval_step_opened':
    case 'approval_answered':
    case 'approval_step_passed':
    case 'approval_commented':
    case 'approval_signer_added':
    case 'approval_signer_removed':
    case 'approval_transferred':
    case 'approval_delegated':
    case 'approval_advised':
      return [];
    case 'approval_copied':
      return copied(view, event);
    case 'approval_reminded':
      return reminded(view, event);
  }
}

/** One subject for everything a person is asked about an approval: a newer question takes the place of an older one. */
function whatOf(approval: string): string {
  return `approval ${approval}`;
}

function settled(
  { state, world }: CaseView,
  approval: string,
  asks: readonly Ask[],
  how: Settlement,
  still: readonly Ask[] = [],
): readonly Effect[] {
  const subject = subjectOf(state, whatOf(approval));
  const people = new Set(asks.map(({ person }) => person));
  for (const { person } of still) people.delete(person);
  return [...people]
    .filter((person) => personOf(world.people, person) !== undefined)
    .map((to): Effect => ({ effect: 'settle', to, subject, how }));
}

function asked(view: CaseView, event: EventOf<'approval_asked'>): readonly Effect[] {
  const { approval, step, before } = event;
  const seats = new Set(event.asked.map(({ seat }) => seat));
  const gone = before.filter(({ person }) => !event.asked.some((one) => one.person === person));
  const elsewhere = gone.filter(({ seat }) => seats.has(seat));
  const answered = gone.filter(({ seat }) => !seats.has(seat));
  // Asked for another step of the same approval at this moment: the question stands.
  const record = recordOf(view.state, approval);
  const still = Object.values(record?.steps ?? {}).flatMap((entry) => entry.asked);
  const added = event.asked.filter(({ person }) => !before.some((one) => one.person === person));
  return [
    ...settled(view, approval, answered, 'decided', still),
    ...settled(view, approval, elsewhere, 'asked_elsewhere', still),
    ...asks(view, approval, step, added, approvalToGiveText),
    ...(event.stuck === undefined ? [] : stuck(view, approval, step, event.stuck)),
  ];
}

function asks(
  view: CaseView,
  approval: string,
  step: string,
  people: readonly Ask[],
  say: (facts: AskFacts) => Text,
): readonly Effect[] {
  const rule = stepOf(view, approval, step);
  const facts = factsOf(view, approval, step);
  if (rule === undefined || facts === undefined) return [];
  const message: Message = {
    kind: 'approval_to_give',
    ...about(view, 'approval_to_give'),
    subject: subjectOf(view.state, whatOf(approval)),
    text: say(facts),
    rule: rule.at,
  };
  const entry = lookUp(recordOf(view.state, approval)?.steps ?? {}, step);
  const once = new Map(people.map((one) => [one.person, one]));
  return [...once.values()].map((one) => {
    const advice = lookUp(entry?.advice ?? {}, one.seat);
    const text = advice === undefined ? message.text : withAdvice(message.text, nameOf(view, advice.by), advice);
    return messageTo(view, one, { ...message, text });
  });
}

function stuck(view: CaseView, approval: string, step: string, to: string): readonly Effect[] {
  const rule = approvalIn(view.rules, approval);
  const at = stepOf(view, approval, step);
  if (rule === undefined || at === undefined || personOf(view.world.people, to) === undefined) return [];
  const subject = subjectOf(view.state, `${whatOf(approval)}/${step}`);
  const text = nobodyAnswersText(rule.title, at.title, whyNoAuthority(view, approval, at));
  return [{ effect: 'message', to, message: { kind: 'demand', ...about(view, 'demand'), subject, text, rule: at.at } }];
}

function rungFired(
  view: CaseView,
  { approval, step, rung, folded }: EventOf<'approval_rung_fired'>,
): readonly Effect[] {
  const at = stepOf(view, approval, step);
  const facts = factsOf(view, approval, step);
  const entry = lookUp(recordOf(view.state, approval)?.steps ?? {}, step);
  if (at === undefined || facts === undefined || entry === undefined) return [];
  const fired = [...folded, rung].flatMap((index) => at.rungs[index] ?? []);
  if (fired.some(({ lapse }) => lapse)) return [];
  const names = entry.asked.map(({ person }) => nameOf(view, person));
  const highest = at.rungs[rung];
  const told = (highest?.notify ?? [])
    .flatMap((who) => whoToAsk(view.world.people, who, whoContextOf(view)))
    .filter(({ person }) => !entry.asked.some((one) => one.person === person));
  const notice = {
    kind: 'notice',
    ...about(view, 'notice'),
    text: approvalLateText(facts, names),
    rule: at.at,
  } as const;
  const notices = [...new Map(told.map((one) => [one.person, one])).values()];
  return [
    ...(highest?.remind === true ? asks(view, approval, step, entry.asked, approvalReminderText) : []),
    ...notices.map((one) => messageTo(view, one, notice)),
  ];
}

/** They are told, and asked nothing: there is nothing to settle. */
function copied(view: CaseView, { approval, people, by, note }: EventOf<'approval_copied'>): readonly Effect[] {
  const rule = approvalIn(view.rules, approval);
  if (rule === undefined) return [];
  const text = approvalCopiedText(rule.title, nameOf(view, by), note);
  const message = { kind: 'notice', ...about(view, 'copy'), text, rule: rule.at } as const;
  return people
    .filter((person) => person !== by && personOf(view.world.people, person)?.active === true)
    .map((to) => ({ effect: 'message', to, message }));
}

function reminded(view: CaseView, { approval, note }: EventOf<'approval_reminded'>): readonly Effect[] {
  const steps = Object.entries(recordOf(view.state, approval)?.steps ?? {});
  return steps.flatMap(([step, entry]) =>
    asks(view, approval, step, entry.asked, (facts) => withNote(approvalReminderText(facts), note)),
  );
}

/** To who asked for it and to who owns the case, unless it was their own doing. */
function ended(view: CaseView, event: EventOf<'approval_ended'>): readonly Effect[] {
  const { state, world } = view;
  const rule = approvalIn(view.rules, event.approval);
  const record = recordOf(state, event.approval);
  if (record === undefined) return [];
  const title = rule?.title ?? { zh: event.approval, en: event.approval };
  const by = event.by === SYSTEM || event.outcome === 'approved' ? {} : { by: nameOf(view, event.by) };
  const text = approvalEndedText(title, event.outcome, {
    ...by,
    ...(event.because !== undefined && { because: event.because }),
    ...(event.reason !== undefined && { reason: event.reason }),
  });
  const people = [...new Set([record.submitted_by, state.owner])].filter(
    (person) => person !== event.by && personOf(world.people, person)?.active === true,
  );
  const message = { kind: 'approval_settled', ...about(view, 'approval_settled'), text } as const;
  return people.map((to) => ({
    effect: 'message',
    to,
    message: rule === undefined ? message : { ...message, rule: rule.at },
  }));
}

function about({ state }: CaseView, kind: keyof typeof APPROVAL_TITLES) {
  return { case: state.case, case_title: state.title, title: APPROVAL_TITLES[kind](state.title) };
}

function stepOf({ rules }: CaseView, approval: string, step: string): ApprovalStep | undefined {
  return approvalIn(rules, approval)
    ?.turns.flat()
    .find((one) => one.step === step);
}

function factsOf(view: CaseView, approval: string, step: string): AskFacts | undefined {
  const rule = approvalIn(view.rules, approval);
  const at = stepOf(view, approval, step);
  const record = recordOf(view.state, approval);
  const entry = record && lookUp(record.steps, step);
  if (rule === undefined || at === undefined || record === undefined || entry === undefined) return undefined;
  const before = lookUp(record.before, step);
  const changed = before === undefined ? [] : changedNames(before.content, entry.content);
  return {
    title: rule.title,
    step: at.title,
    by: nameOf(view, record.submitted_by),
    command: `approve ${approval} --digest ${entry.digest.slice(0, DIGEST_SHOWN)}`,
    ...(entry.due_at !== undefined && { due: localDate(view.calendar, entry.due_at) }),
    changed: changed.map((name) => contentTitle(view, name)),
  };
}

/** What people call something that is bound. */
export function contentTitle({ rules }: CaseView, name: string): Text {
  const field = /^evidence ([^.]+)\.(.+)$/.exec(name);
  if (field === null) return lookUp(rules.pipeline.facts, name)?.title ?? { zh: name, en: name };
  const rule = indexOf(rules).evidence.get(field[1] ?? '');
  return rule?.fields.find((one) => one.field === field[2])?.title ?? { zh: name, en: name };
}

/** What the world must do because of an event: messages to people, webhooks to systems. */

import type { Settlement } from '../person/settlement.ts';
import { AMOUNT } from '../playbook/given-facts.ts';
import type { Text } from '../playbook/text.ts';
import { localDate } from '../time/calendar.ts';
import { fromMs, toMs } from '../time/instant.ts';
import { personOf } from '../who/reporting-line.ts';
import { acceptorsToAsk } from './acceptors.ts';
import { approvalEffects } from './approvals/approval-effects.ts';
import { type CaseView, nameOf, viewOf } from './case-view.ts';
import { familyEffects } from './children/family-effects.ts';
import type { CrmPosition } from './crm-change.ts';
import { decisionMade, decisionSubject, decisionToAnswer } from './decision-effects.ts';
import type { Effect } from './effect.ts';
import type { CaseEvent } from './event.ts';
import { findingEffects, findingSubject, findingsEnded, findingToAnswer } from './findings/finding-effects.ts';
import { lookUp } from './look-up.ts';
import {
  assignedText,
  changeToSettleText,
  evidenceAcceptedText,
  evidenceRejectedText,
  evidenceToAcceptText,
  handedOverText,
  ownerLeftText,
  taskText,
} from './message-texts.ts';
import { indexOf } from './rules-of.ts';
import { about, demandMessages, messageTo, rungMessages, rungWebhooks, STALL, settle } from './rung-messages.ts';
import type { CaseState, TaskEntry } from './state.ts';
import { waiverEffects } from './waivers/waiver-effects.ts';
import type { World } from './world.ts';

type EventOf<N extends CaseEvent['event']> = Extract<CaseEvent, { readonly event: N }>;

/**
 * Nobody is told what they did themselves, and nobody twice by one event. A rung that an import reached says nothing
 * here: `rungMessages` are the lines of the digest that the import sends instead. What is settled is taken back from
 * everybody who was asked or told.
 *
 * @param state after the event
 */
export function effectsOf(world: World, state: CaseState, event: CaseEvent): Effect[] {
  const view = viewOf(world, state, event.at);
  if (view === undefined) return [];
  return [...ownEffects(view, event), ...familyEffects(view, event)].map((effect) => withMoney(state, effect));
}

/** What is at risk in the case goes along with each word about it, while it is open. */
function withMoney({ case: id, status, facts }: CaseState, effect: Effect): Effect {
  if (effect.effect !== 'message' || effect.message.case !== id || status !== 'open') return effect;
  const amount = facts[AMOUNT]?.value;
  if (typeof amount !== 'object' || !('minor' in amount)) return effect;
  return { ...effect, message: { ...effect.message, at_risk: amount } };
}

function ownEffects(view: CaseView, event: CaseEvent): Effect[] {
  const { world, state } = view;
  switch (event.event) {
    case 'case_opened':
      return assignedByPlot(view, event);
    case 'rung_fired':
      return event.in_digest ? [] : [...rungMessages(world, state, event), ...rungWebhooks(world, state, event)];
    case 'evidence_submitted':
      return event.entry.status === 'submitted' ? evidenceToAccept(view, event.evidence) : [];
    case 'evidence_accepted':
      return [...takenBack(view, event.evidence, 'accepted'), ...evidenceSettled(view, event)];
    case 'evidence_rejected':
      return [...takenBack(view, event.evidence, 'rejected'), ...evidenceSettled(view, event)];
    case 'evidence_withdrawn':
      return takenBack(view, event.evidence, 'withdrawn');
    case 'decision_made':
      return decisionMade(view, event);
    case 'asked':
      return askedAnew(view, event);
    case 'stall_ended':
      return settle(state, STALL, event.told, 'stall_ended');
    case 'demand_resolved':
      return settle(state, STALL, state.clock.stall?.asked, 'decided');
    case 'handed_over':
      return handedOver(view, event);
    case 'task_planned':
      return taskPlanned(view, event.task, event.entry, event.by);
    case 'task_handed_over':
      return taskPlanned(view, event.task, lookUp(state.tasks, event.task), event.by);
    case 'task_completed':
      return settle(state, taskSubject(event.task), ownersOf(lookUp(state.tasks, event.task)), 'done');
    case 'finished':
      return nothingOpen(view);
    case 'changed_outside':
      return event.policy === 'quarantine' ? changeToSettle(view, event) : [];
    case 'change_settled':
      return settle(state, CHANGE, event.asked, 'decided');
    case 'waiver_granted':
    case 'waiver_used':
    case 'waiver_reminded':
    case 'waiver_ended':
      return [...waiverEffects(view, event)];
    case 'approval_requested':
    case 'approval_step_opened':
    case 'approval_asked':
    case 'approval_answered':
    case 'approval_step_passed':
    case 'approval_voided':
    case 'approval_rung_fired':
    case 'approval_ended':
    case 'approval_commented':
    case 'approval_signer_added':
    case 'approval_signer_removed':
    case 'approval_transferred':
    case 'approval_delegated':
    case 'approval_advised':
    case 'approval_copied':
    case 'approval_reminded':
      return [...approvalEffects(view, event)];
    case 'finding_found':
    case 'finding_gone':
    case 'finding_answered':
    case 'finding_rung_fired':
      return findingEffects(view, event);
    default:
      return [];
  }
}

function takenBack({ state }: CaseView, evidence: string, how: Settlement): Effect[] {
  return settle(state, evidenceSubject(evidence), lookUp(state.evidence, evidence)?.asked, how);
}

/** Ending a case ends all that anybody was to do for it. */
function nothingOpen(view: CaseView): Effect[] {
  const { state } = view;
  const waiting = Object.entries(state.evidence).filter(([, entry]) => entry.status === 'submitted');
  const tasks = Object.entries(state.tasks).filter(([, task]) => task.done_at === undefined);
  const again = Object.entries(state.decisions ?? {});
  return [
    ...findingsEnded(view),
    ...again.flatMap(([id, entry]) => settle(state, decisionSubject(id), entry.asked_again?.asked, 'finished')),
    ...waiting.flatMap(([id, { asked }]) => settle(state, evidenceSubject(id), asked, 'finished')),
    ...tasks.flatMap(([id, task]) => settle(state, taskSubject(id), ownersOf(task), 'finished')),
  ];
}

function evidenceSubject(evidence: string): string {
  return `evidence ${evidence}`;
}

function taskSubject(task: string): string {
  return `task ${task}`;
}

function ownersOf(task: TaskEntry | undefined): readonly string[] {
  return task === undefined ? [] : [task.owner];
}

/** @param people of those who are to be asked; absent: all of them */
function evidenceToAccept(view: CaseView, evidence: string, people?: readonly string[]): Effect[] {
  const rule = indexOf(view.rules).evidence.get(evidence);
  if (rule === undefined) return [];
  const by = lookUp(view.state.evidence, evidence)?.submitted_by ?? view.state.owner;
  const text = evidenceToAcceptText(evidence, rule.title, nameOf(view, by));
  const message = { ...about(view.state, 'evidence_to_accept', evidenceSubject(evidence)), text, rule: rule.at };
  const asked = acceptorsToAsk(view, rule).filter(({ person }) => people?.includes(person) !== false);
  return asked.map((one) => messageTo(view, one, message));
}

function askedAnew(view: CaseView, { evidence, decision, finding, people, before }: EventOf<'asked'>): Effect[] {
  const added = people.filter((person) => !before.includes(person));
  const dropped = before.filter((person) => !people.includes(person));
  if (finding !== undefined) {
    const asked = findingToAnswer(view, finding, added);
    return [...settle(view.state, findingSubject(finding), dropped, 'asked_elsewhere'), ...asked];
  }
  if (decision !== undefined) {
    const asked = decisionToAnswer(view, decision, added);
    return [...settle(view.state, decisionSubject(decision), dropped, 'asked_elsewhere'), ...asked];
  }
  const what = evidence === undefined ? STALL : evidenceSubject(evidence);
  const asked = evidence === undefined ? demandMessages(view, added) : evidenceToAccept(view, evidence, added);
  return [...settle(view.state, what, dropped, 'asked_elsewhere'), ...asked];
}

function evidenceSettled(view: CaseView, event: EventOf<'evidence_accepted' | 'evidence_rejected'>): Effect[] {
  const { evidence } = event;
  const rule = indexOf(view.rules).evidence.get(evidence);
  const to = lookUp(view.state.evidence, evidence)?.submitted_by;
  if (rule === undefined || to === undefined || personOf(view.world.people, to) === undefined) return [];
  const by = nameOf(view, event.by);
  const text =
    event.event === 'evidence_accepted'
      ? evidenceAcceptedText(evidence, rule.title, by, event.note)
      : evidenceRejectedText(evidence, rule.title, by, event.reason);
  return [{ effect: 'message', to, message: { ...about(view.state, 'evidence_settled'), text, rule: rule.at } }];
}

/** Whom a case was given to by rule hears of it. */
function assignedByPlot({ state, world }: CaseView, { plot, owner, by }: EventOf<'case_opened'>): Effect[] {
  if (plot === undefined || owner === by || personOf(world.people, owner)?.active !== true) return [];
  return [{ effect: 'message', to: owner, message: { ...about(state, 'handed_over'), text: assignedText(plot) } }];
}

/** What was to be done by who owned the case is no longer theirs; of a decision they may still be asked. */
function handedOver(view: CaseView, { from, to, by, reason, because }: EventOf<'handed_over'>): Effect[] {
  const { state, world } = view;
  const names = [nameOf(view, from), nameOf(view, to)] as const;
  const text = because === 'left' ? ownerLeftText(...names) : handedOverText(...names, reason);
  const told = [to, from].filter((person) => person !== by && personOf(world.people, person)?.active === true);
  const { stall } = state.clock;
  const wasTold = stall?.told?.includes(from) === true && stall.asked?.includes(from) !== true;
  const tasks = Object.entries(state.tasks).filter(([, task]) => task.owner === to && task.done_at === undefined);
  return [
    ...(wasTold ? settle(state, STALL, [from], 'handed_over') : []),
    ...tasks.flatMap(([id]) => settle(state, taskSubject(id), [from], 'handed_over')),
    ...told.map(
      (person): Effect => ({ effect: 'message', to: person, message: { ...about(state, 'handed_over'), text } }),
    ),
  ];
}

function taskPlanned(view: CaseView, task: string, entry: TaskEntry | undefined, by: string): Effect[] {
  if (entry === undefined || entry.owner === by || personOf(view.world.people, entry.owner) === undefined) return [];
  const text = taskText(entry.title, entry.due_at && lastDay(view, entry.due_at));
  return [{ effect: 'message', to: entry.owner, message: { ...about(view.state, 'task', taskSubject(task)), text } }];
}

/** What messages about a change in the CRM are about. */
const CHANGE = 'crm-change';

function changeToSettle(view: CaseView, { asked, was, now }: EventOf<'changed_outside'>): Effect[] {
  const text = changeToSettleText(titleOf(view, was), titleOf(view, now), titleOf(view, view.state));
  const known = asked.filter((person) => personOf(view.world.people, person)?.active === true);
  return known.map((to) => ({ effect: 'message', to, message: { ...about(view.state, 'demand', CHANGE), text } }));
}

/** How the CRM's word is read here. */
function titleOf(view: CaseView, { stage, closed }: CrmPosition): Text {
  if (closed !== undefined) return closed.as === 'won' ? { zh: '赢单', en: 'won' } : { zh: '输单', en: 'lost' };
  return indexOf(view.rules).stages.get(stage ?? '')?.stage.title ?? { zh: stage ?? '', en: stage ?? '' };
}

/** A task of a day is due at the midnight that ends it; people are told the day. */
function lastDay({ calendar }: CaseView, dueAt: string): string {
  return localDate(calendar, fromMs(toMs(dueAt) - 1));
}

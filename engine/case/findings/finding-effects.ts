/** What people hear of findings: the question, that it waits, and that there is nothing left to do. */

import { CUSTOMER } from '../../playbook/given-facts.ts';
import { whoToAsk } from '../../who/resolve-who.ts';
import { actionMessages, actionWebhooks } from '../action-messages.ts';
import { type CaseView, nameOf, whoContextOf } from '../case-view.ts';
import type { Effect } from '../effect.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import { messageTo, settle, subjectOf } from '../rung-messages.ts';
import { type FindingEvent, heardOf, isOpen } from './finding.ts';
import { FINDING_TITLES, findingText, findingWaitsText } from './finding-texts.ts';
import { isReminding } from './ring-findings.ts';
import { pipelinesSharingCustomers } from './seen-by-watch.ts';
import { lookAt, ruleFor } from './watch.ts';

type EventOf<N extends FindingEvent['event']> = Extract<CaseEvent, { readonly event: N }>;
type Happened = EventOf<FindingEvent['event']>;

export function findingSubject(finding: string): string {
  return `finding ${finding}`;
}

/** @param view after the event */
export function findingEffects(view: CaseView, event: Happened): Effect[] {
  switch (event.event) {
    case 'finding_found': {
      const actions = ruleFor(view, event.finding)?.do ?? [];
      const asked = findingToAnswer(view, event.finding, event.asked);
      return [...asked, ...byActions(view, event, actions, event.asked)];
    }
    case 'finding_gone':
      return settle(view.state, findingSubject(event.finding), event.settles, 'gone');
    case 'finding_answered': {
      const actions = event.answer === 'respond' ? (ruleFor(view, event.finding)?.on_respond ?? []) : [];
      const settled = settle(view.state, findingSubject(event.finding), event.settles, 'decided');
      return [...settled, ...byActions(view, event, actions, [event.by])];
    }
    case 'finding_rung_fired':
      return rungFired(view, event);
  }
}

/** @param people of those whom the rule means, who is to be asked */
export function findingToAnswer(view: CaseView, finding: string, people: readonly string[]): Effect[] {
  const rule = ruleFor(view, finding);
  if (rule === undefined) return [];
  const message = { ...headOf(view, finding, 'finding_to_answer'), text: findingText(rule), rule: rule.at };
  return whoToAsk(view.world.people, rule.owner, whoContextOf(view))
    .filter(({ person }) => people.includes(person))
    .map((one) => messageTo(view, one, message));
}

/** A finished case wants no more answers. */
export function findingsEnded({ state }: CaseView): Effect[] {
  const open = Object.entries(state.findings ?? {}).filter(([, entry]) => isOpen(entry));
  return open.flatMap(([finding, entry]) => settle(state, findingSubject(finding), heardOf(entry), 'finished'));
}

/**
 * Has the case looked at where it differs from what is known of it, once for all that a decision changed. What an import
 * brings is looked at in the night.
 *
 * @param view after the last of the events
 */
export function diagnoseEffects(view: CaseView, events: readonly CaseEvent[]): Effect[] {
  const [first] = events;
  if (first === undefined || (first.event === 'case_opened' && first.source !== undefined)) return [];
  const { found, gone } = lookAt(view);
  const isDue = found.length + gone.length > 0 || mayShareCustomer(view, events);
  return isDue ? [{ effect: 'diagnose', to: view.state.case }] : [];
}

/** A decision knows of no other cases: whether the customer has others is for the look to say, where that may have changed. */
function mayShareCustomer({ world, state }: CaseView, events: readonly CaseEvent[]): boolean {
  if (state.finished || !pipelinesSharingCustomers(world.playbook).includes(state.pipeline)) return false;
  const isKnown = state.facts[CUSTOMER] !== undefined;
  return events.some((one) =>
    one.event === 'facts_set'
      ? Object.hasOwn(one.facts, CUSTOMER) || one.cleared.includes(CUSTOMER)
      : isKnown && MOVES_CUSTOMER.has(one.event),
  );
}

const MOVES_CUSTOMER: ReadonlySet<CaseEvent['event']> = new Set([
  'case_opened',
  'pipeline_moved',
  'handed_over',
  'reopened',
]);

function byActions(
  view: CaseView,
  event: EventOf<'finding_found' | 'finding_answered'>,
  actions: Parameters<typeof actionMessages>[1],
  heard: readonly string[],
): Effect[] {
  const rule = ruleFor(view, event.finding);
  if (rule === undefined) return [];
  const { subject: _open, ...head } = headOf(view, event.finding, 'notice');
  const told = actionMessages(view, actions, (kind) => ({ ...head, kind }), findingText(rule), heard);
  return [...told, ...actionWebhooks(view, actions, event.event, { finding: event.finding, class: rule.class })];
}

function rungFired(view: CaseView, event: EventOf<'finding_rung_fired'>): Effect[] {
  const { finding, told, folded, rung } = event;
  const rule = ruleFor(view, finding);
  const entry = lookUp(view.state.findings ?? {}, finding);
  if (rule === undefined || entry === undefined) return [];
  const reminds = isReminding(view, finding, [...folded, rung]) ? findingToAnswer(view, finding, entry.asked) : [];
  const names = entry.asked.map((person) => nameOf(view, person)).join(', ');
  const message = { ...headOf(view, finding, 'notice'), text: findingWaitsText(rule, names), rule: event.rule };
  return [...reminds, ...told.map((person) => messageTo(view, { person }, message))];
}

function headOf<K extends keyof typeof FINDING_TITLES>({ state }: CaseView, finding: string, kind: K) {
  return {
    kind,
    case: state.case,
    case_title: state.title,
    subject: subjectOf(state, findingSubject(finding)),
    title: FINDING_TITLES[kind](state.title),
  };
}

/** What the world must do because of an event: messages to people, webhooks to systems. */

import { localDate } from '../time/calendar.ts';
import { fromMs, toMs } from '../time/instant.ts';
import { personOf } from '../who/reporting-line.ts';
import { acceptorsOf } from './acceptors.ts';
import { type CaseView, nameOf, viewOf } from './case-view.ts';
import type { Effect } from './effect.ts';
import type { CaseEvent } from './event.ts';
import { lookUp } from './look-up.ts';
import {
  evidenceAcceptedText,
  evidenceRejectedText,
  evidenceToAcceptText,
  handedOverText,
  taskText,
} from './message-texts.ts';
import { indexOf } from './rules-of.ts';
import { about, rungMessages, rungWebhooks } from './rung-messages.ts';
import type { CaseState } from './state.ts';
import type { World } from './world.ts';

type EventOf<N extends CaseEvent['event']> = Extract<CaseEvent, { readonly event: N }>;

/**
 * Nobody is told what they did themselves, and nobody twice by one event. A rung that an import reached says nothing
 * here: `rungMessages` are the lines of the digest that the import sends instead.
 *
 * @param state after the event
 */
export function effectsOf(world: World, state: CaseState, event: CaseEvent): Effect[] {
  const view = viewOf(world, state, event.at);
  if (view === undefined) return [];
  switch (event.event) {
    case 'rung_fired':
      return event.in_digest ? [] : [...rungMessages(world, state, event), ...rungWebhooks(world, state, event)];
    case 'evidence_submitted':
      return event.entry.status === 'submitted' ? evidenceToAccept(view, event.evidence, event.by) : [];
    case 'pipeline_moved':
      return event.waiting_again.flatMap((evidence) => evidenceToAccept(view, evidence, submitterOf(view, evidence)));
    case 'evidence_accepted':
    case 'evidence_rejected':
      return evidenceSettled(view, event);
    case 'handed_over':
      return handedOver(view, event);
    case 'task_planned':
      return taskPlanned(view, event);
    default:
      return [];
  }
}

function submitterOf({ state }: CaseView, evidence: string): string {
  return lookUp(state.evidence, evidence)?.submitted_by ?? state.owner;
}

function evidenceToAccept(view: CaseView, evidence: string, by: string): Effect[] {
  const rule = indexOf(view.rules).evidence.get(evidence);
  if (rule === undefined) return [];
  const text = evidenceToAcceptText(evidence, rule.title, nameOf(view, by));
  const message = { ...about(view.state, 'evidence_to_accept'), text, rule: rule.at };
  return acceptorsOf(view, rule).map((to) => ({ effect: 'message', to, message }));
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

function handedOver(view: CaseView, { from, to, by, reason }: EventOf<'handed_over'>): Effect[] {
  const text = handedOverText(nameOf(view, from), nameOf(view, to), reason);
  const told = [to, from].filter((person) => person !== by && personOf(view.world.people, person)?.active === true);
  return told.map((person) => ({
    effect: 'message',
    to: person,
    message: { ...about(view.state, 'handed_over'), text },
  }));
}

function taskPlanned(view: CaseView, { entry, by }: EventOf<'task_planned'>): Effect[] {
  if (entry.owner === by || personOf(view.world.people, entry.owner) === undefined) return [];
  const text = taskText(entry.title, entry.due_at && lastDay(view, entry.due_at));
  return [{ effect: 'message', to: entry.owner, message: { ...about(view.state, 'task'), text } }];
}

/** A task of a day is due at the midnight that ends it; people are told the day. */
function lastDay({ calendar }: CaseView, dueAt: string): string {
  return localDate(calendar, fromMs(toMs(dueAt) - 1));
}

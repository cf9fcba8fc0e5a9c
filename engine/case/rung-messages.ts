/** The messages and webhooks of a rung: to each person one, the weightiest. */

import type { Message } from '../person/message.ts';
import type { Settlement } from '../person/settlement.ts';
import type { Action } from '../playbook/action.ts';
import type { Demand, Ladder } from '../playbook/ladder.ts';
import type { Who } from '../playbook/who.ts';
import { localDate } from '../time/calendar.ts';
import { type Asked, whoToAsk } from '../who/resolve-who.ts';
import { type CaseView, nameOf, viewOf, whoContextOf } from './case-view.ts';
import type { Effect } from './effect.ts';
import type { CaseEvent } from './event.ts';
import { demandOf } from './ladder-of.ts';
import { lookUp } from './look-up.ts';
import {
  demandText,
  MESSAGE_TITLES,
  noticeText,
  onBehalfText,
  reminderText,
  type StallFacts,
} from './message-texts.ts';
import { indexOf } from './rules-of.ts';
import type { CaseState } from './state.ts';
import type { World } from './world.ts';

type RungFired = Extract<CaseEvent, { readonly event: 'rung_fired' }>;
type MessageEffect = Extract<Effect, { readonly effect: 'message' }>;

/**
 * What a rung has to say to people, whether it is said at once or, after an import, as lines of a digest. Of rungs folded
 * together only the highest speaks; a demand among them is made in any case.
 *
 * @param state after the event
 */
export function rungMessages(world: World, state: CaseState, event: RungFired): readonly MessageEffect[] {
  const view = viewOf(world, state, event.at);
  const ladder = view && lookUp(view.rules.ladders, event.ladder);
  const facts = view && stallFacts(view);
  if (view === undefined || ladder === undefined || facts === undefined) return [];
  const messages: MessageEffect[] = [];
  const tell = (who: Who, message: Message): void => {
    for (const asked of whoToAsk(world.people, who, whoContextOf(view))) {
      if (!messages.some((one) => one.to === asked.person)) messages.push(messageTo(view, asked, message));
    }
  };
  const demand = event.demanded ? demandAmong(ladder, event) : undefined;
  if (demand !== undefined) {
    tell(demand.of, demandMessage(view, demand, facts));
  }
  // Who is reminded need not be notified as well.
  for (const action of actionsOf(ladder, event, 'remind')) {
    tell(action.who, { ...about(state, 'reminder', STALL), text: action.text ?? reminderText(facts), rule: action.at });
  }
  for (const action of actionsOf(ladder, event, 'notify')) {
    tell(action.who, { ...about(state, 'notice', STALL), text: action.text ?? noticeText(facts), rule: action.at });
  }
  return messages;
}

/** The webhooks of a rung. @param state after the event */
export function rungWebhooks(world: World, state: CaseState, event: RungFired): readonly Effect[] {
  const view = viewOf(world, state, event.at);
  const ladder = view && lookUp(view.rules.ladders, event.ladder);
  if (ladder === undefined) return [];
  const { case: id, title, pipeline, stage, owner, clock } = state;
  const { ladder: name, rung, due_at } = event;
  const stalled = clock.stall === undefined ? {} : { stalled_since: clock.stall.started_at };
  const data = { case: id, case_title: title, pipeline, stage, owner, ladder: name, rung, due_at, ...stalled };
  const destinations = new Set(actionsOf(ladder, event, 'send').map((action) => action.to));
  return [...destinations].map((destination) => ({ effect: 'webhook', destination, type: 'rung_fired', data }));
}

/** The demand for a decision, to those who are asked for it only now. @param people of those whom the ladder means */
export function demandMessages(view: CaseView, people: readonly string[]): readonly MessageEffect[] {
  const demand = demandOf(view);
  const facts = stallFacts(view);
  if (demand === undefined || facts === undefined) return [];
  return whoToAsk(view.world.people, demand.of, whoContextOf(view))
    .filter(({ person }) => people.includes(person))
    .map((asked) => messageTo(view, asked, demandMessage(view, demand, facts)));
}

function demandMessage({ state }: CaseView, demand: Demand, facts: StallFacts): Message {
  const text = demandText(facts, Object.keys(demand.ways));
  return { ...about(state, 'demand', STALL), text, rule: demand.at };
}

/** Says in whose place somebody is asked. */
export function messageTo(view: CaseView, { person, on_behalf_of }: Asked, message: Message): MessageEffect {
  if (on_behalf_of === undefined) return { effect: 'message', to: person, message };
  const text = onBehalfText(message.text, nameOf(view, on_behalf_of));
  return { effect: 'message', to: person, message: { ...message, on_behalf_of, text } };
}

/** A stall is one subject, whatever is said of it. */
export const STALL = 'stall';

/** What a message is about, as inboxes know it. @param what `stall`, `evidence first-visit`, `task t1` */
export function subjectOf(state: CaseState, what: string): string {
  return `${state.case}/${what}`;
}

/** Takes a message back from everybody who had it. */
export function settle(
  state: CaseState,
  what: string,
  people: readonly string[] = [],
  how: Settlement,
): Extract<Effect, { readonly effect: 'settle' }>[] {
  const subject = subjectOf(state, what);
  return people.map((to) => ({ effect: 'settle', to, subject, how }));
}

/** Every message names its case, and is headed by what it is. @param what is open until the case says that it is settled */
export function about<K extends keyof typeof MESSAGE_TITLES>(state: CaseState, kind: K, what?: string) {
  const subject = what === undefined ? {} : { subject: subjectOf(state, what) };
  return { kind, case: state.case, case_title: state.title, ...subject, title: MESSAGE_TITLES[kind](state.title) };
}

function actionsOf<K extends Action['kind']>(ladder: Ladder, event: RungFired, kind: K) {
  const actions = ladder.rungs[event.rung]?.do ?? [];
  return actions.filter((action): action is Extract<Action, { readonly kind: K }> => action.kind === kind);
}

function demandAmong(ladder: Ladder, { rung, folded }: RungFired): Demand | undefined {
  return [...folded, rung].map((index) => ladder.rungs[index]?.demand).findLast((demand) => demand !== undefined);
}

function stallFacts(view: CaseView): StallFacts | undefined {
  const { stall } = view.state.clock;
  const stage = indexOf(view.rules).stages.get(view.state.stage)?.stage;
  if (stall === undefined || stage === undefined) return undefined;
  return {
    stage: stage.title,
    since: localDate(view.calendar, stall.started_at),
    cause: stall.cause,
    owner: nameOf(view, view.state.owner),
  };
}

/** The messages and webhooks of a rung: to each person one, the weightiest. */

import type { Message } from '../person/message.ts';
import type { Action } from '../playbook/action.ts';
import type { Demand, Ladder } from '../playbook/ladder.ts';
import type { Who } from '../playbook/who.ts';
import { localDate } from '../time/calendar.ts';
import { resolveWho } from '../who/resolve-who.ts';
import { type CaseView, nameOf, viewOf, whoContextOf } from './case-view.ts';
import type { Effect } from './effect.ts';
import type { CaseEvent } from './event.ts';
import { lookUp } from './look-up.ts';
import { demandText, MESSAGE_TITLES, noticeText, reminderText, type StallFacts } from './message-texts.ts';
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
    for (const to of resolveWho(world.people, who, whoContextOf(view))) {
      if (!messages.some((one) => one.to === to)) messages.push({ effect: 'message', to, message });
    }
  };
  const demand = event.demanded ? demandAmong(ladder, event) : undefined;
  if (demand !== undefined) {
    const text = demandText(facts, Object.keys(demand.ways));
    tell(demand.of, { ...about(state, 'demand'), text, rule: demand.at });
  }
  // Who is reminded need not be notified as well.
  for (const action of actionsOf(ladder, event, 'remind')) {
    tell(action.who, { ...about(state, 'reminder'), text: action.text ?? reminderText(facts), rule: action.at });
  }
  for (const action of actionsOf(ladder, event, 'notify')) {
    tell(action.who, { ...about(state, 'notice'), text: action.text ?? noticeText(facts), rule: action.at });
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

/** Every message names its case, and is headed by what it is. */
export function about<K extends keyof typeof MESSAGE_TITLES>(state: CaseState, kind: K) {
  return { kind, case: state.case, case_title: state.title, title: MESSAGE_TITLES[kind](state.title) };
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

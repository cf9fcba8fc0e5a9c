/** What a scenario can see of a person: who is asked and told, and how flows, goals and duties go on. */

import type { Effect } from '../case/effect.ts';
import type { PersonEvent } from '../person/event.ts';
import type { Message } from '../person/message.ts';
import type { PersonState } from '../person/state.ts';
import type { Happening } from './occurrence.ts';

/** @param before the state that the event happened to: of what is over by it only that knows the name */
export function personHappenings(
  before: PersonState | undefined,
  event: PersonEvent,
  effects: readonly Effect[],
): readonly Happening[] {
  return [...ofEvent(before, event), ...effects.flatMap(ofEffect)];
}

function ofEvent(before: PersonState | undefined, event: PersonEvent): readonly Happening[] {
  switch (event.event) {
    case 'coaching_opened':
      return [{ kind: 'coaching', coaching: event.flow.coaching, outcome: 'opened' }];
    case 'coaching_postponed':
      return coaching(before, event.session, 'postponed');
    case 'step_sent_back':
      return coaching(before, event.session, 'sent_back');
    case 'coaching_shared':
      return coaching(before, event.session, 'shared');
    case 'coaching_finished':
      return coaching(before, event.session, 'finished');
    case 'coaching_dropped':
      return coaching(before, event.session, 'dropped');
    case 'goal_agreed':
      return [{ kind: 'goal', outcome: 'agreed' }];
    case 'goal_due':
      return [{ kind: 'goal', outcome: 'due' }];
    case 'goal_ended':
      return [{ kind: 'goal', outcome: event.how }];
    case 'duty_spared':
      return [{ kind: 'duty', duty: event.series, outcome: 'spared' }];
    case 'duty_done':
      return [{ kind: 'duty', duty: event.of, outcome: event.late ? 'late' : 'done' }];
    case 'duty_missed':
      return [{ kind: 'duty', duty: event.of, outcome: 'missed' }];
    case 'duty_excused':
      return [{ kind: 'duty', duty: event.of, outcome: 'excused' }];
    case 'duty_read':
      return duty(before, event.duty, 'read');
    case 'duty_unread':
      return duty(before, event.duty, 'unread');
    default:
      return [];
  }
}

function coaching(
  before: PersonState | undefined,
  id: string,
  outcome: Extract<Happening, { kind: 'coaching' }>['outcome'],
): readonly Happening[] {
  const session = before?.sessions?.find((one) => one.session === id);
  return session === undefined ? [] : [{ kind: 'coaching', coaching: session.flow.coaching, outcome }];
}

function duty(before: PersonState | undefined, id: string, outcome: 'read' | 'unread'): readonly Happening[] {
  const found = before?.duties?.find((one) => one.id === id);
  return found === undefined ? [] : [{ kind: 'duty', duty: found.rule.duty, outcome }];
}

/** A turn, a duty and what is to be read are asked; the rest is as in a case. */
const MESSAGES: Readonly<Partial<Record<Message['kind'], 'remind' | 'notify'>>> = {
  reminder: 'remind',
  notice: 'notify',
};

function ofEffect(effect: Effect): readonly Happening[] {
  if (effect.effect !== 'message') return [];
  const kind = MESSAGES[effect.message.kind];
  return kind === undefined ? [{ kind: 'ask', who: effect.to, about: '' }] : [{ kind, who: effect.to }];
}

/** What the world must do about a person's events: mail to them, and word to the cases that depend on them. */

import type { Effect } from '../case/effect.ts';
import { moneyText } from '../playbook/money.ts';
import type { Lang, Text } from '../playbook/text.ts';
import { standInsOf } from '../who/substitutes.ts';
import { coachingEffects } from './coaching/coaching-effects.ts';
import type { PersonEvent, PersonEventOf } from './event.ts';
import { findingEffects } from './findings/finding-effects.ts';
import type { Message } from './message.ts';
import { dutyEffects } from './rhythm/duty-effects.ts';
import type { PersonState } from './state.ts';
import type { PersonWorld } from './world.ts';

/** `state` is the state after the event. */
export function effectsOf(world: PersonWorld, state: PersonState, event: PersonEvent): readonly Effect[] {
  switch (event.event) {
    case 'message_received':
      return messageReceived(state, event);
    case 'digest_sent':
      return digest(state, event);
    case 'person_changed':
      // Others may be above the person's cases now, or the person above others.
      return tellCases(world, ['owned', 'asked', 'represented']);
    case 'person_returned':
      return tellCases(world, ['owned', 'asked', 'represented']);
    case 'person_left':
      return tellCases(world, ['owned', 'asked', 'represented'], event.successor);
    case 'absence_began':
      return [...tellStandIn(world, state, event), ...tellCases(world, ['asked'])];
    case 'absence_ended':
    case 'absence_cancelled':
      return tellCases(world, ['asked', 'represented']);
    case 'coaching_opened':
    case 'step_answered':
    case 'step_agreed':
    case 'step_sent_back':
    case 'coaching_postponed':
    case 'coaching_rung_fired':
    case 'turn_passed':
    case 'coaching_shared':
    case 'coaching_finished':
    case 'coaching_dropped':
    case 'goal_agreed':
    case 'goal_due':
    case 'goal_ended':
      return coachingEffects(state, event);
    case 'finding_found':
    case 'finding_gone':
    case 'finding_answered':
    case 'finding_rung_fired':
    case 'finding_passed':
      return findingEffects(state, event);
    case 'series_begun':
    case 'series_ended':
    case 'duty_opened':
    case 'duty_spared':
    case 'duty_done':
    case 'duty_rung_fired':
    case 'duty_missed':
    case 'duty_excused':
    case 'duty_passed':
    case 'duty_read':
    case 'duty_unread':
      return dutyEffects(state, event);
    default:
      return [];
  }
}

/** What reaches somebody who has left was on its way when they went: the case looks again. */
function messageReceived(
  state: PersonState,
  { message, mailed }: PersonEventOf<'message_received'>,
): readonly Effect[] {
  const isOpen = message.subject !== undefined || message.kind === 'handed_over';
  if (!state.active && isOpen && message.case !== undefined) return [tellCase(message.case, state.person)];
  if (mailed !== 'now' || state.email === undefined || !state.active) return [];
  return [{ effect: 'mail', to: state.email, ...mailOf(message, state.lang) }];
}

function mailOf(message: Message, lang: Lang): { subject: string; text: string } {
  // The title names the case already; its id is what commands take.
  const subject = message.case === undefined ? message.title[lang] : `${message.title[lang]} (${message.case})`;
  const items = (message.items ?? []).map((item) => `- ${item.case_title} (${item.case}): ${item.text[lang]}`);
  return { subject: oneLine(subject), text: [message.text[lang], ...items].join('\n') };
}

/** Of what is settled or read by now nothing is said: it no longer waits. */
function digest({ email, lang }: PersonState, { lines }: PersonEventOf<'digest_sent'>): readonly Effect[] {
  if (email === undefined) return [];
  const count = lines.length;
  const subject: Text = { zh: `收件箱摘要：${count} 条`, en: `your inbox: ${count} ${count === 1 ? 'item' : 'items'}` };
  const titles = lines.flatMap(({ item, title, at_risk: money }) => {
    if (title === undefined) return [];
    return [`${item}. ${oneLine(title[lang])}${money === undefined ? '' : ` (${moneyText(money, lang)})`}`];
  });
  const more = count - titles.length;
  const rest: Text = { zh: `另有 ${more} 条`, en: `and ${more} more` };
  const foot: Text = { zh: '全部内容：playrail inbox', en: 'all of it: playrail inbox' };
  const text = [...titles, ...(more > 0 ? [rest[lang]] : []), '', foot[lang]].join('\n');
  return [{ effect: 'mail', to: email, subject: subject[lang], text }];
}

/** Who steps in first hears of it, whether or not anything waits. */
function tellStandIn(
  world: PersonWorld,
  state: PersonState,
  { absence: id }: PersonEventOf<'absence_began'>,
): readonly Effect[] {
  const absence = state.absences.find(({ absence }) => absence === id);
  const [to] = standInsOf(world.people, state.person, world.now);
  if (absence === undefined || to === undefined) return [];
  const message: Message = {
    kind: 'notice',
    title: { zh: `你代理 ${state.name}`, en: `you stand in for ${state.name}` },
    text: {
      zh: `${state.name} ${absence.first_day} 至 ${absence.last_day} 不在，等待 ${state.name} 的事现在问你`,
      en: `${state.name} is away from ${absence.first_day} to ${absence.last_day}: what waits for ${state.name} is asked of you`,
    },
  };
  return [{ effect: 'message', to, message }];
}

function tellCases(
  { person, concerned }: PersonWorld,
  why: readonly ('owned' | 'asked' | 'represented')[],
  successor?: string,
): readonly Effect[] {
  const cases = new Set(why.flatMap((one) => concerned?.[one] ?? []));
  return [...cases].map((id) => tellCase(id, person, successor));
}

function tellCase(id: string, person: string, successor?: string): Effect {
  const named = successor === undefined ? {} : { successor };
  return { effect: 'tell_case', to: id, command: { command: 'people_changed', person, ...named } };
}

/** A subject is one line whatever a case is called. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ');
}

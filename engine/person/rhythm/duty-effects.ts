/** What people hear of duties: what is to be done and by when, that it waits, what a meeting decided, what is to be read. */

import type { Effect } from '../../case/effect.ts';
import type { Text } from '../../playbook/text.ts';
import { subjectOf } from '../coaching/session.ts';
import type { PersonEventOf } from '../event.ts';
import type { Message } from '../message.ts';
import type { PersonState } from '../state.ts';
import type { Duty } from './duty.ts';
import type { DutyHappened } from './evolve-duties.ts';

/** `state` is the state after the event. */
export function dutyEffects(state: PersonState, event: DutyHappened): readonly Effect[] {
  switch (event.event) {
    case 'duty_opened':
      return [...asking(state, event, event.asked, 'task'), ...announcing(state, event)];
    case 'duty_done': {
      const settled = event.settles.map((to) => settledBy(state, event.duty).settle(to, 'done'));
      return [...settled, ...toRead(state, event), ...decided(event)];
    }
    case 'duty_missed':
    case 'duty_excused':
      return event.settles.map((to) => settledBy(state, event.duty).settle(to, 'gone'));
    case 'duty_rung_fired': {
      const duty = dutyOf(state, event.duty);
      if (duty === undefined) return [];
      return [...asking(state, duty, event.reminded, 'reminder'), ...waiting(state, duty, event.told)];
    }
    case 'duty_passed': {
      const duty = dutyOf(state, event.duty);
      const gone = event.settles.map((to) => settledBy(state, event.duty).settle(to, 'asked_elsewhere'));
      if (duty === undefined) return gone;
      return [...gone, ...(duty.done === undefined ? asking(state, duty, event.asked, 'task') : reading(state, duty))];
    }
    case 'duty_read':
      return event.settles.map((to) => settledBy(state, event.duty).settle(to, 'done'));
    case 'duty_unread':
      return [...event.readers.map((to) => settledBy(state, event.duty).settle(to, 'gone')), ...unread(state, event)];
    case 'series_begun':
    case 'series_ended':
    case 'duty_spared':
      return [];
  }
}

function dutyOf({ duties = [] }: PersonState, id: string): Duty | undefined {
  return duties.find((one) => one.id === id);
}

function settledBy({ person }: PersonState, id: string) {
  const subject = subjectOf(person, id);
  return {
    settle: (to: string, how: 'done' | 'gone' | 'asked_elsewhere'): Effect => ({ effect: 'settle', to, subject, how }),
  };
}

type Told = Pick<Duty, 'id' | 'rule' | 'due_on' | 'period' | 'decided'>;

/** The person is named where somebody else is asked about them. */
function titleOf({ name }: PersonState, { rule, due_on, decided: what }: Told): Text {
  const about = rule.by === 'coach' ? { zh: `（${name}）`, en: ` (${name})` } : { zh: '', en: '' };
  const said = what === undefined ? rule.title : { zh: what.what, en: what.what };
  return { zh: `${said.zh}${about.zh}：${due_on} 前`, en: `${said.en}${about.en}: by ${due_on}` };
}

function asking(state: PersonState, duty: Told, to: readonly string[], kind: 'task' | 'reminder'): readonly Effect[] {
  const title = titleOf(state, duty);
  const shown = kind === 'task' ? title : { zh: `提醒：${title.zh}`, en: `reminder: ${title.en}` };
  const command = `playrail week --do ${duty.id}${duty.rule.by === 'coach' ? ` --for ${state.person}` : ''}`;
  const { prompt = duty.decided?.in ?? duty.rule.title } = duty.rule;
  const text: Text = { zh: `${prompt.zh}\n${command}`, en: `${prompt.en}\n${command}` };
  const message: Message = { kind, subject: subjectOf(state.person, duty.id), title: shown, text, rule: duty.rule.at };
  return to.map((one) => ({ effect: 'message', to: one, message }));
}

/** What is checked about somebody is known to them beforehand. */
function announcing(state: PersonState, duty: Told): readonly Effect[] {
  const { rule, due_on } = duty;
  if (!rule.announced || rule.by === 'self') return [];
  const title: Text = { zh: `事先告知：${rule.title.zh}`, en: `announced beforehand: ${rule.title.en}` };
  const text: Text = {
    zh: `${due_on} 前由你的上级来做；记录你都看得到`,
    en: `your manager does it by ${due_on}; you see all that is recorded of it`,
  };
  return [{ effect: 'message', to: state.person, message: { kind: 'notice', title, text, rule: rule.at } }];
}

function waiting(state: PersonState, duty: Duty, to: readonly string[]): readonly Effect[] {
  const whom = duty.asked.join(', ');
  const title: Text = {
    zh: `没有按时做：${duty.rule.title.zh}（${whom}）`,
    en: `not done in time: ${duty.rule.title.en} (${whom})`,
  };
  const text: Text = { zh: `应在 ${duty.due_on} 前`, en: `it was due by ${duty.due_on}` };
  const subject = subjectOf(state.person, duty.id);
  const message: Message = { kind: 'notice', subject, title, text, rule: duty.rule.at };
  return to.map((one) => ({ effect: 'message', to: one, message }));
}

function toRead(state: PersonState, { duty: id }: PersonEventOf<'duty_done'>): readonly Effect[] {
  const duty = dutyOf(state, id);
  return duty?.done === undefined ? [] : reading(state, duty);
}

function reading(state: PersonState, { id, rule, done, due_on }: Duty): readonly Effect[] {
  const title: Text = {
    zh: `请看：${state.name} 的${rule.title.zh}（${due_on}）`,
    en: `to read: ${rule.title.en} of ${state.name} (${due_on})`,
  };
  const command = `playrail week --read ${id} --for ${state.person}`;
  const message: Message = {
    kind: 'task',
    subject: subjectOf(state.person, id),
    title,
    text: { zh: command, en: command },
    rule: rule.at,
  };
  return (done?.readers ?? []).map((to) => ({ effect: 'message', to, message }));
}

function unread(state: PersonState, { readers, told }: PersonEventOf<'duty_unread'>): readonly Effect[] {
  const title: Text = {
    zh: `${readers.join('、')} 没有看 ${state.name} 交的记录`,
    en: `${readers.join(', ')} did not read what ${state.name} handed in`,
  };
  return told.map((to) => ({ effect: 'message', to, message: { kind: 'notice', title, text: title } }));
}

/** Each decision of a meeting becomes a duty of whoever it names. */
function decided({ decisions, decision_rule: rule, by }: PersonEventOf<'duty_done'>): readonly Effect[] {
  if (rule === undefined) return [];
  return decisions.map(({ what, owner, due_on }) => ({
    effect: 'tell_person',
    to: owner,
    command: { command: 'take_duty', rule, due_on, decided: { what, by, in: rule.title } },
  }));
}

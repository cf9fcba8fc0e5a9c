/** What people hear of findings about somebody: the question, that it waits, that there is nothing left to do. */

import type { Effect } from '../../case/effect.ts';
import type { Text } from '../../playbook/text.ts';
import { subjectOf } from '../coaching/session.ts';
import type { Message } from '../message.ts';
import type { PersonState } from '../state.ts';
import type { FindingHappened } from './evolve-findings.ts';
import type { RepFinding } from './finding.ts';
import { sightText } from './sight-text.ts';

/** `state` is the state after the event. */
export function findingEffects(state: PersonState, event: FindingHappened): readonly Effect[] {
  const entry = state.findings?.[event.finding];
  const subject = subjectOf(state.person, `finding ${event.finding}`);
  const settle = (to: string, how: 'done' | 'gone' | 'asked_elsewhere'): Effect => ({
    effect: 'settle',
    to,
    subject,
    how,
  });
  if (entry === undefined) return [];
  switch (event.event) {
    case 'finding_found':
      return event.asked.map((to) => asking(state, event.finding, entry, to, subject));
    case 'finding_passed':
      return [
        ...event.settles.map((to) => settle(to, 'asked_elsewhere')),
        ...event.asked.map((to) => asking(state, event.finding, entry, to, subject)),
      ];
    case 'finding_gone':
      return event.settles.map((to) => settle(to, 'gone'));
    case 'finding_answered':
      return event.settles.map((to) => settle(to, 'done'));
    case 'finding_rung_fired': {
      const reminded = event.reminded.map((to) => asking(state, event.finding, entry, to, subject));
      return [...reminded, ...event.told.map((to) => waiting(state, entry, to, subject))];
    }
  }
}

function asking(state: PersonState, finding: string, entry: RepFinding, to: string, subject: string): Effect {
  const { rule } = entry;
  const seen = sightText(entry);
  const title: Text = { zh: `${state.name}：${rule.title.zh}`, en: `${state.name}: ${rule.title.en}` };
  const body = (lang: 'zh' | 'en', words: { readonly ask: string; readonly colon: string }): string =>
    [
      seen[lang],
      ...rule.causes.map((cause) => `- ${cause[lang]}`),
      `${words.ask}${words.colon}${rule.prescription[lang]}`,
      `playrail findings --rep ${state.person} --accept ${finding}`,
    ].join('\n');
  const text: Text = {
    zh: body('zh', { ask: '怎样应对', colon: '：' }),
    en: body('en', { ask: 'what to do', colon: ': ' }),
  };
  const message: Message = { kind: 'finding_to_answer', subject, title, text, rule: rule.at };
  return { effect: 'message', to, message };
}

/** That it waits: the figures are for those who are asked. */
function waiting({ name }: PersonState, { rule, asked }: RepFinding, to: string, subject: string): Effect {
  const title: Text = { zh: `${name} 的一条发现没有人答复`, en: `nobody answers a finding about ${name}` };
  const text: Text = {
    zh: `${rule.title.zh}；等待：${asked.join('、')}`,
    en: `${rule.title.en}; it waits for: ${asked.join(', ')}`,
  };
  return { effect: 'message', to, message: { kind: 'notice', subject, title, text, rule: rule.at } };
}

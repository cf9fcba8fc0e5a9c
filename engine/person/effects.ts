/** What the world must do about a person's events: mail for messages that should not wait until they look. */

import type { Effect } from '../case/effect.ts';
import type { Lang } from '../playbook/text.ts';
import type { PersonEvent } from './event.ts';
import type { Message } from './message.ts';
import type { PersonState } from './state.ts';
import type { PersonWorld } from './world.ts';

/** What is mailed as well as put in the inbox; the rest can wait. */
const MAILED: Readonly<Record<Message['kind'], boolean>> = {
  demand: true,
  reminder: true,
  notice: true,
  evidence_to_accept: true,
  digest: true,
  evidence_settled: false,
  task: false,
  handed_over: false,
};

/** `state` is the state after the event. */
export function effectsOf(_world: PersonWorld, state: PersonState, event: PersonEvent): readonly Effect[] {
  if (event.event !== 'message_received') return [];
  const { message } = event;
  if (state.email === undefined || !state.active || !MAILED[message.kind]) return [];
  return [{ effect: 'mail', to: state.email, ...mailOf(message, state.lang) }];
}

function mailOf(message: Message, lang: Lang): { subject: string; text: string } {
  // The title names the case already; its id is what commands take.
  const subject = message.case === undefined ? message.title[lang] : `${message.title[lang]} (${message.case})`;
  const items = (message.items ?? []).map((item) => `- ${item.case_title} (${item.case}): ${item.text[lang]}`);
  // A subject is one line whatever a case is called.
  return { subject: subject.replace(/\s+/gu, ' '), text: [message.text[lang], ...items].join('\n') };
}

/** What the actions of an outcome or a finding tell people and send. */

import type { Message } from '../person/message.ts';
import type { Action } from '../playbook/action.ts';
import type { Text } from '../playbook/text.ts';
import { whoToAsk } from '../who/resolve-who.ts';
import { type CaseView, whoContextOf } from './case-view.ts';
import type { Effect } from './effect.ts';
import { messageTo } from './rung-messages.ts';

/** All of a message but what the action says. */
export type MessageHead = Omit<Message, 'text' | 'rule'>;

/**
 * To each person one message, a reminder before a notice; nobody is told what they did themselves.
 *
 * @param said where an action has no words of its own
 * @param heard who knows already
 */
export function actionMessages(
  view: CaseView,
  actions: readonly Action[],
  headOf: (kind: 'reminder' | 'notice') => MessageHead,
  said: Text,
  heard: readonly string[],
): Effect[] {
  const told = new Set(heard);
  return (['remind', 'notify'] as const).flatMap((kind) =>
    actions.flatMap((action): Effect[] => {
      if (action.kind !== kind) return [];
      const head = headOf(kind === 'remind' ? 'reminder' : 'notice');
      return whoToAsk(view.world.people, action.who, whoContextOf(view)).flatMap((asked): Effect[] => {
        if (told.has(asked.person)) return [];
        told.add(asked.person);
        return [messageTo(view, asked, { ...head, text: action.text ?? said, rule: action.at })];
      });
    }),
  );
}

/** @param data what is sent beside where the case stands */
export function actionWebhooks(
  { state }: CaseView,
  actions: readonly Action[],
  type: string,
  data: Readonly<Record<string, unknown>>,
): Effect[] {
  const { case: id, title: case_title, pipeline, stage, owner } = state;
  return actions.flatMap((action): Effect[] =>
    action.kind === 'send'
      ? [
          {
            effect: 'webhook',
            destination: action.to,
            type,
            data: { case: id, case_title, pipeline, stage, owner, ...data },
          },
        ]
      : [],
  );
}

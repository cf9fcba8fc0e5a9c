/** What is promised of messages: each arrives, once, in order, at somebody who is there. */

import { canonicalText } from '../../engine/canonical-text.ts';
import { personOf } from '../../engine/who/reporting-line.ts';
import type { Turn } from '../memory/step.ts';
import type { MemoryStore } from '../memory/store.ts';
import { DAY_MS } from '../parameters.ts';
import type { Ledger } from './ledger.ts';
import type { Complaint, Promised } from './promise.ts';

/** The longest outage and the latest ring lie well within. */
export const ARRIVES_WITHIN_MS = 5 * DAY_MS;

const FROM_ENTITIES = new Set(['receive', 'settle', 'people_changed']);

function onceAndInOrder(turn: Turn, ledger: Ledger): Complaint {
  const { entry, ref, command, isRepeat } = turn;
  const { body } = command;
  const isFromEntity =
    typeof body === 'object' && body !== null && 'command' in body && FROM_ENTITIES.has(String(body.command));
  if (!isFromEntity || isRepeat || command.actor !== 'system') return undefined;
  const letter = ledger.letter(command.id);
  if (letter === undefined) return 'a message that nobody sent';
  const { item, number, isReceived } = letter;
  if (item.to.id !== ref.id || item.to.kind !== ref.kind) return `meant for ${item.to.id}`;
  // What is not journalled, as of somebody who is not there, may come again and do nothing again.
  if (isReceived) return entry === undefined ? undefined : 'received twice';
  const last = ledger.lastReceived(item.from, ref);
  if (number !== last + 1) return `message ${number} from ${item.from.id} came after ${last}`;
  const events = (entry?.events ?? []) as readonly {
    readonly event: string;
    readonly item?: number;
    readonly message?: unknown;
  }[];
  const received = events.find(({ event }) => event === 'message_received');
  if (received === undefined || item.effect.effect !== 'message') return undefined;
  if (received.item !== ledger.itemsOf(ref.id) + 1) return `numbered ${received.item}`;
  const { message } = item.effect;
  const isWhole = received.message === message || canonicalText(received.message) === canonicalText(message);
  return isWhole ? undefined : 'another message than was sent';
}

function noneIsLost(_store: MemoryStore, ledger: Ledger, now: number): Complaint {
  for (const { item, isReceived } of ledger.allLetters()) {
    const isLate = now - Date.parse(item.recorded_at) > ARRIVES_WITHIN_MS;
    if (!isReceived && isLate) return `${item.from.id} told ${item.to.id} at ${item.recorded_at}, who never heard it`;
  }
  return undefined;
}

/** Whoever left is told what became of their own evidence, and nothing that asks for something. */
function somebodyIsThere({ sent, scene }: Turn): Complaint {
  for (const { effect } of sent) {
    if (effect.effect !== 'message') continue;
    const person = personOf(scene.people, effect.to);
    if (person === undefined) return `told ${effect.to}, whom nobody knows`;
    const isAsking = ['demand', 'evidence_to_accept', 'reminder', 'notice'].includes(effect.message.kind);
    if (isAsking && !person.active) return `asked ${effect.to}, who has left`;
  }
  return undefined;
}

/** Two tasks of one title are two things to do. */
function nobodyTwice({ sent }: Turn): Complaint {
  const told = sent.flatMap(({ effect }) => {
    if (effect.effect !== 'message' || effect.message.kind === 'task') return [];
    const { text, rule, on_behalf_of = '' } = effect.message;
    return [`${effect.to}: ${text.en} ${rule?.line ?? ''} ${on_behalf_of}`];
  });
  const twice = told.find((one, index) => told.indexOf(one) !== index);
  return twice === undefined ? undefined : `told twice: ${twice}`;
}

export const MESSAGE_PROMISES: readonly Promised[] = [
  {
    name: 'messages-once-in-order',
    sentence: 'to entities and inboxes exactly once, in order for each target',
    checks: { turn: onceAndInOrder },
  },
  {
    name: 'no-message-is-lost',
    sentence: 'delivered to entities and inboxes exactly once',
    checks: { end: noneIsLost },
  },
  {
    name: 'somebody-is-there',
    sentence: 'an approver who is absent, gone or missing is replaced by the declared rule',
    checks: { turn: somebodyIsThere },
  },
  {
    name: 'nobody-is-told-twice',
    sentence: 'nobody is told the same thing twice by one event',
    checks: { turn: nobodyTwice },
  },
];

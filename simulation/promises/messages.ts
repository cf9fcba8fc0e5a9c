/** What is promised of messages: each arrives, once, in order, at somebody who is there. */

import { personOf } from '../../engine/who/reporting-line.ts';
import { canonicalText } from '../../store/hash.ts';
import type { Turn } from '../memory/step.ts';
import type { MemoryStore } from '../memory/store.ts';
import { DAY_MS } from '../parameters.ts';
import type { Ledger } from './ledger.ts';
import type { Complaint, Promised } from './promise.ts';

/** The longest outage and the latest ring lie well within. */
const ARRIVES_WITHIN_MS = 5 * DAY_MS;

function isReception({ ref, entry, command: { body } }: Turn): boolean {
  const isReceive = typeof body === 'object' && body !== null && 'command' in body && body.command === 'receive';
  return ref.kind === 'person' && entry?.outcome === 'accepted' && isReceive;
}

function onceAndInOrder(turn: Turn, ledger: Ledger): Complaint {
  const { entry, ref } = turn;
  if (!isReception(turn) || entry === undefined) return undefined;
  const letter = ledger.letter(entry.command_id);
  if (letter === undefined) return 'a message that nobody sent';
  const { item, number, isReceived } = letter;
  if (item.to.id !== ref.id) return `meant for ${item.to.id}`;
  if (isReceived) return 'received twice';
  const last = ledger.lastReceived(item.from, ref);
  if (number !== last + 1) return `message ${number} from ${item.from.id} came after ${last}`;
  const [event] = (entry.events ?? []) as readonly { readonly item?: number; readonly message?: unknown }[];
  if (event?.item !== ledger.itemsOf(ref.id) + 1) return `numbered ${event?.item}`;
  const isWhole = canonicalText(event.message) === canonicalText(item.effect.message);
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
    const person = personOf(scene.people, effect.to);
    if (person === undefined) return `told ${effect.to}, whom nobody knows`;
    const isAsking = ['demand', 'evidence_to_accept', 'reminder', 'notice'].includes(effect.message.kind);
    if (isAsking && !person.active) return `asked ${effect.to}, who has left`;
  }
  return undefined;
}

/** Two tasks of one title are two things to do. */
function nobodyTwice({ sent }: Turn): Complaint {
  const others = sent.filter(({ effect }) => effect.message.kind !== 'task');
  const told = others.map(({ effect }) => `${effect.to}: ${effect.message.text.en} ${effect.message.rule?.line ?? ''}`);
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

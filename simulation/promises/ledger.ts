/** What those who watch remember of the whole installation: first answers, messages on their way, the versions of people. */

import type { EntityRef, Reply } from '../../engine/entity.ts';
import type { Turn } from '../memory/step.ts';
import type { Outgoing } from '../memory/store.ts';

export interface Letter {
  readonly item: Outgoing;
  /** The how manyeth from this sender to this addressee. */
  readonly number: number;
  isReceived: boolean;
}

export class Ledger {
  /** Entity and command id → the reply it got first. */
  private readonly answers = new Map<string, Reply>();
  private readonly letters = new Map<string, Letter>();
  private readonly counts = new Map<string, number>();
  private readonly received = new Map<string, number>();
  private readonly inboxes = new Map<string, number>();
  private readonly idle = new Map<string, { readonly seq: number; readonly steps: number }>();
  /** Case → when the next thing is due that it must be woken for, epoch ms. */
  readonly owed = new Map<string, number>();
  peopleVersion = 0;

  firstAnswer(ref: EntityRef, id: string): Reply | undefined {
    return this.answers.get(`${keyOf(ref)} ${id}`);
  }

  letter(key: string): Letter | undefined {
    return this.letters.get(key);
  }

  /** The number of the last letter that reached the addressee from this sender; 0 before the first. */
  lastReceived(from: EntityRef, to: EntityRef): number {
    return this.received.get(between(from, to)) ?? 0;
  }

  itemsOf(person: string): number {
    return this.inboxes.get(person) ?? 0;
  }

  allLetters(): Iterable<Letter> {
    return this.letters.values();
  }

  /** How many steps in a row came without a command and changed nothing. */
  idleSteps(ref: EntityRef, seq: number, isIdle: boolean): number {
    const before = this.idle.get(keyOf(ref));
    const steps = isIdle && before?.seq === seq ? before.steps + 1 : 0;
    this.idle.set(keyOf(ref), { seq, steps });
    return steps;
  }

  /** After a turn was checked. */
  add({ ref, command, reply, entry, isRepeat, sent }: Turn): void {
    if (entry !== undefined && !isRepeat) this.answers.set(`${keyOf(ref)} ${command.id}`, reply);
    for (const item of sent) {
      const number = (this.counts.get(between(item.from, item.to)) ?? 0) + 1;
      this.counts.set(between(item.from, item.to), number);
      this.letters.set(item.key, { item, number, isReceived: false });
    }
    const letter = this.letters.get(command.id);
    // Somebody may send a letter of long ago once more.
    if (letter !== undefined && !letter.isReceived) {
      letter.isReceived = true;
      this.received.set(between(letter.item.from, ref), letter.number);
    }
    if (ref.kind !== 'person' || entry?.outcome !== 'accepted') return;
    const events = (entry.events ?? []) as readonly { readonly event: string }[];
    if (events.some(({ event }) => ABOUT_PEOPLE.has(event))) this.peopleVersion += 1;
    if (events.some(({ event }) => event === 'message_received')) this.inboxes.set(ref.id, this.itemsOf(ref.id) + 1);
  }
}

/** Each entry with one of these makes a new version of people. */
const ABOUT_PEOPLE = new Set(
  'person_joined person_changed absence_set absence_cancelled absence_ended person_left person_returned'.split(' '),
);

function keyOf({ kind, id }: EntityRef): string {
  return `${kind}/${id}`;
}

function between(from: EntityRef, to: EntityRef): string {
  return `${keyOf(from)} to ${keyOf(to)}`;
}

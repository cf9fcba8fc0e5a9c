/** Watches every step and holds it against every promise. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { EntityRef } from '../../engine/entity.ts';
import type { PersonEvent } from '../../engine/person/event.ts';
import type { Stepped, Turn } from '../memory/step.ts';
import type { MemoryStore } from '../memory/store.ts';
import { Mailbox } from '../oracle/mailbox.ts';
import { Ledger } from './ledger.ts';
import { Broken, type CaseTurn, type Checks, type Complaint, type Promised } from './promise.ts';
import { PROMISES } from './promises.ts';
import { Story } from './story.ts';

const REMEMBERED = 12;

type Hook = keyof Checks;

export class Watch {
  private readonly store: MemoryStore;
  private readonly ledger = new Ledger();
  private readonly stories = new Map<string, Story>();
  private readonly mailboxes = new Map<string, Mailbox>();
  private readonly lately = new Map<string, Turn[]>();
  private ref: EntityRef | undefined;
  private at = 0;
  /** How many commands were answered. */
  turns = 0;

  constructor(store: MemoryStore) {
    this.store = store;
  }

  /** The last turns of an entity, oldest first. */
  lastTurns({ kind, id }: EntityRef): readonly Turn[] {
    return this.lately.get(`${kind}/${id}`) ?? [];
  }

  /** @param now epoch ms @throws Broken */
  see(ref: EntityRef, stepped: Stepped, now: number): void {
    this.ref = ref;
    this.at = now;
    const story = ref.kind === 'case' ? this.storyOf(ref.id) : undefined;
    const mailbox = ref.kind === 'person' ? this.mailboxOf(ref.id) : undefined;
    for (const turn of stepped.turns) {
      this.turns += 1;
      this.remember(turn);
      this.hold('turn', (check) => check(turn, this.ledger, this.store));
      if (story !== undefined) this.seeCase(turn, story);
      if (mailbox !== undefined) this.seePerson(turn, mailbox);
      this.ledger.add(turn);
    }
    this.hold('step', (check) => check({ ref, stepped, now, story, mailbox, store: this.store, ledger: this.ledger }));
  }

  /** @param now epoch ms @throws Broken */
  atEnd(now: number): void {
    this.ref = undefined;
    this.at = now;
    this.hold('end', (check) => check(this.store, this.ledger, now));
  }

  private seeCase(turn: Turn, story: Story): void {
    const { before, after, entry } = turn;
    const events = entry?.outcome === 'accepted' ? ((entry.events ?? []) as readonly CaseEvent[]) : [];
    const seen: CaseTurn = {
      turn,
      body: bodyOf(turn),
      events,
      // The store on which the step ran keeps cases under the kind `case`.
      before: before.state as CaseState | undefined,
      after: after.state as CaseState | undefined,
      story,
      store: this.store,
    };
    this.hold('caseTurn', (check) => check(seen));
    for (const event of events) {
      this.hold('caseEvent', (check) => check(event, seen));
      story.add(event);
    }
  }

  private seePerson(turn: Turn, mailbox: Mailbox): void {
    const { entry } = turn;
    const events = entry?.outcome === 'accepted' ? ((entry.events ?? []) as readonly PersonEvent[]) : [];
    for (const event of events) {
      this.hold('personEvent', (check) => check(event, { turn, mailbox, store: this.store }));
      mailbox.add(event);
    }
  }

  private hold<H extends Hook>(hook: H, ask: (check: NonNullable<Checks[H]>) => Complaint): void {
    for (const promised of BY_HOOK[hook]) {
      const check = promised.checks[hook];
      const complaint = check && ask(check);
      if (complaint !== undefined) throw new Broken(promised, complaint, this.ref, this.at);
    }
  }

  private storyOf(id: string): Story {
    let story = this.stories.get(id);
    if (story === undefined) {
      story = new Story(this.store);
      this.stories.set(id, story);
    }
    return story;
  }

  private mailboxOf(id: string): Mailbox {
    const mailbox = this.mailboxes.get(id) ?? new Mailbox();
    this.mailboxes.set(id, mailbox);
    return mailbox;
  }

  private remember(turn: Turn): void {
    const key = `${turn.ref.kind}/${turn.ref.id}`;
    const turns = this.lately.get(key) ?? [];
    turns.push(turn);
    if (turns.length > REMEMBERED) turns.shift();
    this.lately.set(key, turns);
  }
}

function bodyOf({ command: { body } }: Turn): CaseTurn['body'] {
  const isBody = typeof body === 'object' && body !== null && 'command' in body && typeof body.command === 'string';
  return isBody ? { ...body, command: String(body.command) } : { command: '' };
}

const having = (hook: Hook): readonly Promised[] => PROMISES.filter(({ checks }) => checks[hook] !== undefined);

const BY_HOOK: Readonly<Record<Hook, readonly Promised[]>> = {
  turn: having('turn'),
  caseTurn: having('caseTurn'),
  caseEvent: having('caseEvent'),
  personEvent: having('personEvent'),
  step: having('step'),
  end: having('end'),
};

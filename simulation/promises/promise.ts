/** What a promise is: a sentence of the design, and a check that finds the moment at which it is broken. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { EntityRef } from '../../engine/entity.ts';
import type { PersonEvent } from '../../engine/person/event.ts';
import type { Stepped, Turn } from '../memory/step.ts';
import type { MemoryStore } from '../memory/store.ts';
import type { Mailbox } from '../oracle/mailbox.ts';
import type { Ledger } from './ledger.ts';
import type { Story } from './story.ts';

/** What is said where a promise is broken; absent where it is kept. */
export type Complaint = string | undefined;

/** One command to a case, with what the case's history said before it. */
export interface CaseTurn {
  readonly turn: Turn;
  readonly body: { readonly command: string; readonly [key: string]: unknown };
  readonly events: readonly CaseEvent[];
  readonly before: CaseState | undefined;
  readonly after: CaseState | undefined;
  /** As of before the command, and before the event where one is looked at. */
  readonly story: Story;
  readonly store: MemoryStore;
}

/** One command to a person, with what their events before it came to. */
export interface PersonTurn {
  readonly turn: Turn;
  /** As of before the event. */
  readonly mailbox: Mailbox;
  readonly store: MemoryStore;
}

/** All that may be looked at after a step. */
export interface StepSeen {
  readonly ref: EntityRef;
  readonly stepped: Stepped;
  /** Epoch ms. */
  readonly now: number;
  readonly story: Story | undefined;
  readonly mailbox: Mailbox | undefined;
  readonly store: MemoryStore;
  readonly ledger: Ledger;
}

export interface Checks {
  /** Every command to anybody. */
  readonly turn?: (turn: Turn, ledger: Ledger, store: MemoryStore) => Complaint;
  /** A command to a case, before its events are added to the story. */
  readonly caseTurn?: (seen: CaseTurn) => Complaint;
  /** Each event of a case, before it is added to the story. */
  readonly caseEvent?: (event: CaseEvent, seen: CaseTurn) => Complaint;
  /** Each event of a person, before it is added to their mailbox. */
  readonly personEvent?: (event: PersonEvent, seen: PersonTurn) => Complaint;
  /** Every step, after its turns. */
  readonly step?: (seen: StepSeen) => Complaint;
  /** The end of the year. */
  readonly end?: (store: MemoryStore, ledger: Ledger, now: number) => Complaint;
}

export interface Promised {
  readonly name: string;
  /** The design's own words. */
  readonly sentence: string;
  readonly checks: Checks;
}

/** A promise that was broken, and where. */
export class Broken extends Error {
  readonly promised: Pick<Promised, 'name' | 'sentence'>;
  readonly complaint: string;
  readonly ref: EntityRef | undefined;
  /** Epoch ms. */
  readonly at: number;

  constructor(
    promised: Pick<Promised, 'name' | 'sentence'>,
    complaint: string,
    ref: EntityRef | undefined,
    at: number,
  ) {
    super(`${promised.name}: ${complaint}`);
    this.name = 'Broken';
    this.promised = promised;
    this.complaint = complaint;
    this.ref = ref;
    this.at = at;
  }
}

/** The parts under test, by name: the real ones, or with one of them broken on purpose. */

import type { CaseCommand } from '../../engine/case/command.ts';
import type { Effect } from '../../engine/case/effect.ts';
import type { CaseEvent } from '../../engine/case/event.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { PersonCommand } from '../../engine/person/command.ts';
import type { PersonEvent } from '../../engine/person/event.ts';
import type { PersonState } from '../../engine/person/state.ts';
import { caseDecider } from '../../store/case-decider.ts';
import type { Decider } from '../../store/decider.ts';
import type { KeptEntry } from '../../store/journal-entry.ts';
import { personDecider } from '../../store/person-decider.ts';

export interface Machine {
  readonly case: Decider<CaseState, CaseCommand, CaseEvent>;
  readonly person: Decider<PersonState, PersonCommand, PersonEvent>;
  /** What the journal has of a command id. */
  readonly firstOf: (journalled: ReadonlyMap<string, KeptEntry>, id: string) => KeptEntry | undefined;
  /** What of the effects goes into the outbox, in order. */
  readonly outgoing: (effects: readonly Effect[]) => readonly Effect[];
  /** Whether a message that is sent again still has its key. */
  readonly keyOf: (key: string, attempts: number) => string;
  /** When to ring, of what a step says. */
  readonly alarm: (wakeAt: string | undefined) => string | undefined;
}

export const REAL: Machine = {
  case: caseDecider,
  person: personDecider,
  firstOf: (journalled, id) => journalled.get(id),
  outgoing: (effects) => effects,
  keyOf: (key) => key,
  alarm: (wakeAt) => wakeAt,
};

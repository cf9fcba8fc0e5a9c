/** The parts under test, by name: the real ones, or with one of them broken on purpose. */

import type { CaseCommand } from '../../engine/case/command.ts';
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
  /** The messages to one person that wait, in the order in which they go. */
  readonly ordered: <T>(waiting: readonly T[]) => readonly T[];
  /** Under which command id a message goes, this time. */
  readonly keyOf: (key: string, attempts: number) => string;
  /** Whether a message that was given to the other entity comes to be in its mailbox. */
  readonly arrives: (key: string) => boolean;
  /** When to ring, of what a step says. */
  readonly alarm: (wakeAt: string | undefined) => string | undefined;
}

export const REAL: Machine = {
  case: caseDecider,
  person: personDecider,
  firstOf: (journalled, id) => journalled.get(id),
  ordered: (waiting) => waiting,
  keyOf: (key) => key,
  arrives: () => true,
  alarm: (wakeAt) => wakeAt,
};

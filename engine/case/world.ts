/** All that a decision may know besides the state and the command. */

import type { KnownFiles } from '../form/value-spec.ts';
import type { PlaybookSet, Rules } from '../playbook/set.ts';
import type { Instant } from '../time/instant.ts';
import type { People } from '../who/people.ts';

export interface World {
  /** The id of the case decided on: the store knows it, and `open` has no state to read it from; absent: the opening command's id. */
  readonly case?: string;
  /** The rules the case is pinned to; for `open`, absent. */
  readonly rules?: Rules;
  /** The current set: calendars, roles, and the pipelines a case may open in or move to. */
  readonly playbook: PlaybookSet;
  readonly people: People;
  /** Files of the case that the command may name; absent: none. */
  readonly files?: KnownFiles;
  /**
   * Open cases of the same customer that were there before, the oldest first; absent: not looked up. Only what watches
   * looks at them.
   */
  readonly same_customer?: readonly SameCustomer[];
  readonly now: Instant;
}

export interface SameCustomer {
  readonly case: string;
  readonly owner: string;
}

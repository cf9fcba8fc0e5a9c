/** All that a decision about a person may know besides the state and the command. */

import type { Roles } from '../playbook/roles.ts';
import type { Instant } from '../time/instant.ts';
import type { People } from '../who/people.ts';

export interface PersonWorld {
  /** The id of the person decided on. */
  readonly person: string;
  /** Absent until a first playbook set is published. */
  readonly roles?: Roles;
  readonly people: People;
  readonly now: Instant;
}

/** What a `who` is settled against: the case it is about, and the moment. */

import type { Roles } from '../playbook/roles.ts';
import type { Fact, Value } from '../playbook/value.ts';
import type { Instant } from '../time/instant.ts';

/** Says of a person whether it is so. */
export type Judge = (person: string) => boolean;

export const NOBODY: Judge = () => false;

export interface WhoContext {
  /** Owner of the case. */
  readonly owner: string;
  /** Absences hold or not at this instant. */
  readonly now: Instant;
  /** Those in force: limits are never pinned. */
  readonly roles: Roles;
  /** The facts that the case's pipeline declares, by name. */
  readonly facts: Readonly<Record<string, Fact>>;
  /** What is known of one; absent: nothing. */
  fact(name: string): Value | undefined;
  /** Whose own work is judged, besides the owner's; absent: nobody's. */
  readonly isOwn?: Judge;
}

/** All that a decision about a person may know besides the state and the command. */

import type { Calendar } from '../playbook/calendar.ts';
import type { Coaching } from '../playbook/coaching.ts';
import type { RepDiagnosis } from '../playbook/diagnosis.ts';
import type { Rhythm } from '../playbook/rhythm.ts';
import type { Roles } from '../playbook/roles.ts';
import type { Value } from '../playbook/value.ts';
import type { Instant } from '../time/instant.ts';
import type { People } from '../who/people.ts';
import type { Baseline, Measured } from './coaching/session.ts';

export interface PersonWorld {
  /** The id of the person decided on. */
  readonly person: string;
  /** Absent until a first playbook set is published. */
  readonly roles?: Roles;
  /** By id; absent with the roles. */
  readonly calendars?: Readonly<Record<string, Calendar>>;
  /** Flows by id; absent: none. */
  readonly coaching?: Readonly<Record<string, Coaching>>;
  /** What people of a post do again and again, by id; absent: nothing. */
  readonly rhythms?: Readonly<Record<string, Rhythm>>;
  /** By duty: the measures of its days, where its end asks for them; absent: not looked up. */
  readonly period_facts?: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  /** Those that watch people, by id; absent: none. */
  readonly diagnoses?: Readonly<Record<string, RepDiagnosis>>;
  /** How the person and their team stand, of the measures that commands of this step name; absent: not looked up. */
  readonly baselines?: Readonly<Record<string, Baseline>>;
  /** Owners of the cases that commands of this step name. */
  readonly owners?: Readonly<Record<string, string>>;
  /** What goals whose day has come have come to, by goal; absent: not looked up, or nothing to measure. */
  readonly outcomes?: Readonly<Record<string, Measured>>;
  readonly people: People;
  readonly now: Instant;
  /** Cases that may depend on the person. Looked up where a decision may have to tell them; absent: not looked up. */
  readonly concerned?: Concerned;
}

/** Ids of open cases, by why they concern the person; one may stand in several lists. */
export interface Concerned {
  /** The person owns them, or a task in them that is not done. */
  readonly owned: readonly string[];
  /** They wait for an answer of the person. */
  readonly asked: readonly string[];
  /** They wait for an answer of somebody who was asked in the person's place. */
  readonly represented: readonly string[];
}

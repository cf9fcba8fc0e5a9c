/** What a condition is judged by: the facts and things of a case, as they stand at one moment. */

import type { Condition } from '../playbook/condition.ts';
import type { Value } from '../playbook/value.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';

export interface EvidenceSeen {
  /** `stale`: accepted, but longer ago than it stays fresh. */
  readonly standing: 'accepted' | 'stale' | 'submitted' | 'rejected' | 'withdrawn' | 'missing';
  /** When it came to stand so. */
  readonly at?: Instant;
}

export interface ApprovalSeen {
  /** `stale`: given, but not for what stands there now, or too long ago. */
  readonly standing:
    | 'approved'
    | 'stale'
    | 'under_review'
    | 'rejected'
    | 'sent_back'
    | 'recalled'
    | 'void'
    | 'lapsed'
    | 'missing';
  /** When it came to stand so. */
  readonly at?: Instant;
}

/** A decision as it stands: what it comes to now, or why it comes to nothing. */
export interface DecisionSeen {
  /** `open`: the facts do not settle it; `asked_again`: an answer must be given anew; `cycle`: it rests on itself. */
  readonly standing: 'current' | 'missing' | 'asked_again' | 'stale' | 'open' | 'cycle';
  /** One, or of a table that collects every one that holds. */
  readonly outcomes: readonly string[];
  /** Of a table that collects: those that are not known to hold or not. */
  readonly maybe?: readonly string[];
  /** When the oldest answer by people was given that it rests on; absent where the facts alone say it. */
  readonly at?: Instant;
}

/** Where one of the cases that this one started stands. */
export interface ChildSeen {
  readonly child: string;
  /** Its stage and its statuses: `[ due, open ]`; empty while it has not begun. */
  readonly in: readonly string[];
}

export interface Seen {
  readonly now: Instant;
  readonly calendar: WorkingCalendar;
  /** Set and derived facts alike; absent when not known. */
  fact(name: string): Value | undefined;
  evidence(id: string): EvidenceSeen;
  approval(id: string): ApprovalSeen;
  /** What the milestone asks; absent when there is none of that name. */
  milestone(id: string): Condition | undefined;
  task(which: 'open' | 'dated' | 'overdue'): boolean;
  /** When this kind of activity (or `any`) was last logged. */
  activity(kind: string): Instant | undefined;
  /** Absent where there are no decisions. */
  decision?(id: string): DecisionSeen;
  /** Those started in this pipeline, in the order of their ids. */
  children(pipeline: string): readonly ChildSeen[];
  /** Answers of the form around, inside a form only. */
  field?(name: string): Value | undefined;
}

/** All but the facts, and what is judged by them: what a derived fact's conditions may look at beside them. */
export type Surroundings = Omit<Seen, 'fact'>;

/** Coaching as a person's state keeps it: sessions that are open, and what was agreed and has not ended. */

import type { MeasureId } from '../../measure/catalogue.ts';
import type { Coaching } from '../../playbook/coaching.ts';
import type { Value } from '../../playbook/value.ts';
import type { Instant } from '../../time/instant.ts';

/** A measure of one person over a stretch of days, in the unit it is shown in: percents as 65, amounts in whole units. */
export interface Measured {
  readonly value: number;
  /** How many cases it rests on. */
  readonly n: number;
  /** Days, both included. */
  readonly from: string;
  readonly until: string;
  readonly currency?: string;
}

/** How a person and their team stood when a goal was bound to a measure. */
export interface Baseline {
  readonly measure: MeasureId;
  readonly own: Measured;
  /** Everybody who reports to the same manager, the person included; `n`: of how many something could be said. */
  readonly team: { readonly low: number; readonly middle: number; readonly high: number; readonly n: number };
}

export interface StepAnswer {
  readonly by: string;
  readonly fields: Readonly<Record<string, Value>>;
}

export interface Session {
  /** `s1`, `s2`, …: its name among the sessions of one person. */
  readonly session: string;
  /** As it was when the session began. */
  readonly flow: Coaching;
  readonly opened_at: Instant;
  /** Whose turn the step at this index is. */
  readonly at_step: number;
  /** The clock of the turn counts from here; ahead of now where it was put off. */
  readonly turn_since: Instant;
  /** Rungs of the turn that have fired. */
  readonly fired: number;
  readonly asked: readonly string[];
  readonly postponed: number;
  /** By step. */
  readonly answers: Readonly<Record<string, StepAnswer>>;
  readonly baseline?: Baseline;
  /** The goal that this one takes the place of. */
  readonly renews?: string;
  /** Who has said that those further up may read it: they may once the rep and whoever coaches have both said so. */
  readonly shared_by?: readonly string[];
  /** The finding that proposed it, and answers that stand until others are given, by field. */
  readonly finding?: string;
  readonly proposed?: Readonly<Record<string, Value>>;
}

/** What was agreed: a goal bound to a measure, or an agreement that whoever coaches looks at when its day comes. */
export interface Goal {
  /** `g1`, `g2`, …: its name among the goals of one person. */
  readonly goal: string;
  readonly kind: 'goal' | 'agreement';
  readonly session: string;
  readonly coaching: string;
  readonly title: string;
  readonly agreed_on: string;
  readonly due_on: string;
  /** The end of its last day. */
  readonly due_at: Instant;
  readonly measure?: {
    readonly measure: MeasureId;
    readonly baseline: Measured;
    readonly realistic: number;
    readonly ideal?: number;
  };
  readonly when_met?: string;
  readonly when_missed?: string;
  /** Who was asked whether it was kept, once its day has come and nothing computes it. */
  readonly asked?: readonly string[];
}

export const GOAL_ENDS = ['ideal', 'realistic', 'missed', 'kept', 'not_kept', 'renewed'] as const;
export type GoalEnd = (typeof GOAL_ENDS)[number];

/** The subject of messages about a session or a goal, one in all the inboxes. */
export function subjectOf(person: string, what: string): string {
  return `person ${person}/${what}`;
}

/** Whether those further up may read what was said. */
export function isShared({ shared_by: by = [] }: Session, rep: string): boolean {
  return by.includes(rep) && by.some((one) => one !== rep);
}

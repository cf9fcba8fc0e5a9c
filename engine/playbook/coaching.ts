/** A coaching flow: what a manager and a rep go through together, step by step, and what it leaves behind (D27 to D32, D37). */

import type { Duration } from '../time/duration.ts';
import type { Condition } from './condition.ts';
import type { At, Text } from './text.ts';
import type { Field } from './value.ts';
import type { WaitingRung } from './waiting-rung.ts';

/** Whose turn a step is: the rep who is coached, whoever coaches, or either. */
export const COACHING_SIDES = ['rep', 'coach', 'either'] as const;
export type CoachingSide = (typeof COACHING_SIDES)[number];

export interface CoachingCheck {
  /** Over the answers of this step and those before it, and over what is given (`GIVEN_ANSWERS`). */
  readonly when: Condition;
  readonly otherwise: Text;
  readonly at: At;
}

export interface CoachingStep {
  readonly step: string;
  readonly title: Text;
  readonly by: CoachingSide;
  readonly prompt: Text;
  readonly guidance?: Text;
  readonly good?: Text;
  readonly poor?: Text;
  /** Empty where the step is an agreement. */
  readonly fields: readonly Field[];
  readonly checks: readonly CoachingCheck[];
  /** The field that names a case of the rep: what is said must be about something that happened. */
  readonly points_at?: string;
  /** Words that judge the person: where an answer uses one, it is pointed out. */
  readonly judging_words: readonly string[];
  /** The step is an act of agreeing; who does not agree sends it back to this step. */
  readonly sent_back_to?: string;
  readonly within: Duration;
  readonly rungs: readonly WaitingRung[];
  readonly at: At;
}

/** What is agreed at the end, by the fields that hold it. */
export interface CoachingResult {
  readonly kind: 'goal' | 'agreement';
  readonly what: string;
  readonly due_on: string;
  /** Bound to a measure: distance and outcome are computed; else whoever coaches says whether it was kept. */
  readonly measure?: { readonly field: string; readonly realistic: string; readonly ideal?: string };
  /** The flows that its end opens. */
  readonly when_met?: string;
  readonly when_missed?: string;
}

export interface Coaching {
  readonly coaching: string;
  /** SHA-256 over what judges in it. */
  readonly hash: string;
  readonly title: Text;
  readonly why?: Text;
  readonly calendar: string;
  readonly postpone: { readonly times: number; readonly at_most: Duration };
  readonly steps: readonly CoachingStep[];
  /** Absent: the record is all that it leaves. */
  readonly leaves?: CoachingResult;
  readonly at: At;
}

/** What checks may ask besides the answers, once a goal is bound to a measure: worked out, never typed (D28, Realistic). */
export const GIVEN_ANSWERS = ['better_than_baseline', 'beyond_the_team'] as const;
export type GivenAnswer = (typeof GIVEN_ANSWERS)[number];

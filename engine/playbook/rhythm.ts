/** A rhythm: what people of a post do again and again, by when, and what comes of it when they do not (D6, D26, D36, D42). */

import type { Duration } from '../time/duration.ts';
import type { DayOffRule, Recurrence } from '../time/recurrence.ts';
import type { Condition } from './condition.ts';
import type { At, Text } from './text.ts';
import type { Field } from './value.ts';
import type { WaitingRung } from './waiting-rung.ts';
import type { Who } from './who.ts';

/** Whose duty it is: the person's own, or that of whoever coaches them, about them. */
export const DUTY_SIDES = ['self', 'coach'] as const;
export type DutySide = (typeof DUTY_SIDES)[number];

/** What is asked of somebody once: by a rhythm each time round, or by a meeting that decided it. */
export interface DutyRule {
  readonly duty: string;
  readonly title: Text;
  readonly prompt?: Text;
  readonly by: DutySide;
  /** Empty where doing it is all there is to say. */
  readonly fields: readonly Field[];
  /** Counted from when it is due. */
  readonly rungs: readonly WaitingRung[];
  /** So long after it was due it is missed. */
  readonly missed_after: Duration;
  /** The person is told beforehand of what is done about them. */
  readonly announced: boolean;
  /** Whoever coaches reads what was done, by then; else these are told. */
  readonly read?: { readonly within: Duration; readonly notify: Who };
  /** The field of rows whose rows become duties of the people they name, each by the day it names. */
  readonly decides?: { readonly rows: string; readonly what: string; readonly owner: string; readonly due_on: string };
  /** Where the figures of its days say so at its end, a flow begins. */
  readonly short?: { readonly when: Condition; readonly coaching: string };
  readonly at: At;
}

export interface Series extends DutyRule {
  readonly every: Recurrence;
  readonly on_day_off: DayOffRule;
  /** How long before it is due it can be done; absent: from the beginning of the day it is due on. */
  readonly opens?: Duration;
  /** Only of people who have been in their post no longer than this. */
  readonly for_first?: Duration;
}

export interface Rhythm {
  readonly rhythm: string;
  readonly hash: string;
  readonly title: Text;
  readonly why?: Text;
  readonly calendar: string;
  /** Posts whose holders keep it. */
  readonly applies_to: readonly string[];
  readonly duties: readonly Series[];
  readonly at: At;
}

/** Duties as a person's state keeps them: the one or two that are open, and how far each series has come. */

import type { DutyRule } from '../../playbook/rhythm.ts';
import type { Value } from '../../playbook/value.ts';
import type { Instant } from '../../time/instant.ts';

/** What a meeting decided, as a duty of whoever was named. */
export interface Decided {
  readonly what: string;
  /** Who recorded it, and what it was decided in. */
  readonly by: string;
  readonly in: DutyRule['title'];
}

export interface Duty {
  /** `d1`, `d2`, …: its name among the duties of one person. */
  readonly id: string;
  /** As it was when it was opened. */
  readonly rule: DutyRule;
  /** The calendar that its times count in; absent: that of the person's post. */
  readonly calendar?: string;
  /** `2026-W43`; absent: it comes once. */
  readonly period?: string;
  /** The days it is for, both included. */
  readonly from: string;
  readonly until: string;
  readonly due_on: string;
  readonly due_at: Instant;
  readonly opened_at: Instant;
  readonly asked: readonly string[];
  readonly told: readonly string[];
  readonly fired: number;
  readonly decided?: Decided;
  /** It is done, and waits to be read by these. */
  readonly done?: { readonly at: Instant; readonly by: string; readonly readers: readonly string[] };
}

/** How far a series has come: every period up to this day is accounted for. */
export interface SeriesStanding {
  readonly through: string;
}

/** One row of a meeting's decisions. */
export interface Decision {
  readonly what: string;
  readonly owner: string;
  readonly due_on: string;
}

type Figures = Readonly<Record<string, Value>>;

export type DutyCommand =
  | { readonly command: 'do_duty'; readonly duty: string; readonly fields?: Readonly<Record<string, unknown>> }
  /** Whoever coaches has read what was done. */
  | { readonly command: 'read_duty'; readonly duty: string }
  /** Whoever coaches lets it be, for a reason: it counts neither as done nor as missed. */
  | { readonly command: 'excuse_duty'; readonly duty: string; readonly reason: string }
  /** From another person's meeting only. */
  | {
      readonly command: 'take_duty';
      readonly rule: DutyRule;
      readonly due_on: string;
      readonly decided: Decided;
    };

export type DutyEvent =
  | { readonly event: 'series_begun'; readonly series: string; readonly through: string }
  /** The post keeps it no longer. */
  | { readonly event: 'series_ended'; readonly series: string }
  | ({ readonly event: 'duty_opened'; readonly series?: string } & Omit<Duty, 'opened_at' | 'told' | 'fired' | 'done'>)
  /** Nothing was asked: they are away on the day it would have been due. */
  | {
      readonly event: 'duty_spared';
      readonly series: string;
      readonly period: string;
      readonly until: string;
      readonly due_on: string;
    }
  | {
      readonly event: 'duty_done';
      readonly duty: string;
      readonly of: string;
      readonly period?: string;
      readonly fields: Readonly<Record<string, Value>>;
      readonly late: boolean;
      readonly decisions: readonly Decision[];
      /** What each of them becomes with whoever it names; absent where there are none. */
      readonly decision_rule?: DutyRule;
      readonly settles: readonly string[];
      /** Who is to read it; empty: nobody. */
      readonly readers: readonly string[];
      readonly figures?: Figures;
    }
  | {
      readonly event: 'duty_rung_fired';
      readonly duty: string;
      readonly fired: number;
      readonly rung_due_at: Instant;
      readonly reminded: readonly string[];
      readonly told: readonly string[];
    }
  | {
      readonly event: 'duty_missed';
      readonly duty: string;
      readonly of: string;
      readonly period?: string;
      readonly settles: readonly string[];
      readonly figures?: Figures;
    }
  | {
      readonly event: 'duty_excused';
      readonly duty: string;
      readonly of: string;
      readonly period?: string;
      readonly because: 'leave' | 'coach' | 'series_ended';
      readonly reason?: string;
      readonly settles: readonly string[];
    }
  | {
      readonly event: 'duty_passed';
      readonly duty: string;
      readonly settles: readonly string[];
      readonly asked: readonly string[];
    }
  | { readonly event: 'duty_read'; readonly duty: string; readonly settles: readonly string[] }
  /** Nobody read it in time; those told are above whoever should have. */
  | {
      readonly event: 'duty_unread';
      readonly duty: string;
      readonly readers: readonly string[];
      readonly told: readonly string[];
    };

/** Waits to be done. */
export function isOpen({ done }: Duty): boolean {
  return done === undefined;
}

export function heardOf({ asked, told }: Duty): readonly string[] {
  return [...new Set([...asked, ...told])];
}

/** What happened to a person. An event carries all that is needed to apply it. */

import type { MeasureId } from '../measure/catalogue.ts';
import type { Coaching } from '../playbook/coaching.ts';
import type { At } from '../playbook/text.ts';
import type { Value } from '../playbook/value.ts';
import type { Instant } from '../time/instant.ts';
import type { Absence } from '../who/people.ts';
import type { Baseline, Goal, GoalEnd, Measured } from './coaching/session.ts';
import type { RepFindingEvent } from './findings/finding.ts';
import type { Message } from './message.ts';
import type { DutyEvent } from './rhythm/duty.ts';
import type { Settlement } from './settlement.ts';
import type { WaitingLine } from './state.ts';

/** Who somebody is, where they stand, how they are reached. */
export interface Profile {
  readonly name: string;
  readonly role: string;
  readonly manager?: string;
  readonly region?: string;
  readonly email?: string;
  readonly lang: 'zh' | 'en';
  readonly active: boolean;
}

/** An absence with what only the person and those above them need to know. */
export interface OwnAbsence extends Absence {
  readonly reason?: string;
}

interface Stamp {
  /** Version of this event's shape. */
  readonly v: 1;
  readonly at: Instant;
  /** A person or `system`. */
  readonly by: string;
}

export type PersonEvent = Stamp &
  (
    | { readonly event: 'person_joined'; readonly person: string; readonly profile: Profile }
    /** The whole new profile, so that what is absent now is gone. */
    | { readonly event: 'person_changed'; readonly profile: Profile }
    | { readonly event: 'absence_set'; readonly absence: OwnAbsence }
    | { readonly event: 'absence_cancelled'; readonly absence: string }
    | { readonly event: 'absence_began'; readonly absence: string }
    | { readonly event: 'absence_ended'; readonly absence: string }
    | {
        readonly event: 'leave_planned';
        readonly on: string;
        readonly leaves_at: Instant;
        readonly successor?: string;
      }
    | { readonly event: 'leave_cancelled' }
    | { readonly event: 'person_left'; readonly successor?: string }
    | { readonly event: 'person_returned' }
    | { readonly event: 'person_erased'; readonly written: boolean; readonly quoted: boolean }
    | {
        readonly event: 'message_received';
        readonly item: number;
        readonly message: Message;
        /** Mailed now, or waiting for the digest; absent: it lies in the inbox (and, before this was remembered, may have been mailed). */
        readonly mailed?: 'now' | 'in_digest';
        /** The day a mail counts on, in the person's calendar. */
        readonly day?: string;
      }
    | { readonly event: 'subject_settled'; readonly subject: string; readonly how: Settlement }
    /** Whatever lay in the inbox of somebody who has left. */
    | { readonly event: 'inbox_closed' }
    | { readonly event: 'digest_sent'; readonly lines: readonly WaitingLine[] }
    /** `asked`: whose turn the first step is. */
    | {
        readonly event: 'coaching_opened';
        readonly session: string;
        readonly flow: Coaching;
        readonly asked: readonly string[];
        readonly renews?: string;
        /** The goal whose end opened it. */
        readonly after?: string;
        /** The finding that proposed it, and answers that stand until others are given, by field. */
        readonly finding?: string;
        readonly proposed?: Readonly<Record<string, Value>>;
        /** The duty in whose days something fell short. */
        readonly duty?: string;
      }
    /** `settles`: who was asked; `asked`: whose turn is next, empty after the last step. */
    | {
        readonly event: 'step_answered';
        readonly session: string;
        readonly step: string;
        readonly fields: Readonly<Record<string, Value>>;
        readonly baseline?: Baseline;
        readonly settles: readonly string[];
        readonly asked: readonly string[];
      }
    | {
        readonly event: 'step_agreed';
        readonly session: string;
        readonly step: string;
        readonly settles: readonly string[];
        readonly asked: readonly string[];
      }
    | {
        readonly event: 'step_sent_back';
        readonly session: string;
        readonly to: string;
        readonly reason: string;
        readonly settles: readonly string[];
        readonly asked: readonly string[];
      }
    | {
        readonly event: 'coaching_postponed';
        readonly session: string;
        readonly until: string;
        readonly until_at: Instant;
        readonly reason: string;
      }
    | {
        readonly event: 'coaching_rung_fired';
        readonly session: string;
        readonly fired: number;
        readonly due_at: Instant;
        readonly reminded: readonly string[];
        readonly told: readonly string[];
        readonly rule: At;
      }
    /** Somebody else is asked now, at the same step. */
    | {
        readonly event: 'turn_passed';
        readonly session: string;
        readonly settles: readonly string[];
        readonly asked: readonly string[];
      }
    /** Whoever did it agrees that those further up read it. */
    | { readonly event: 'coaching_shared'; readonly session: string }
    | { readonly event: 'coaching_finished'; readonly session: string }
    | {
        readonly event: 'coaching_dropped';
        readonly session: string;
        readonly reason: string;
        readonly settles: readonly string[];
      }
    | { readonly event: 'goal_agreed'; readonly goal: Goal }
    /** Its day has come, and nothing computes whether it was kept. */
    | { readonly event: 'goal_due'; readonly goal: string; readonly asked: readonly string[] }
    | {
        readonly event: 'goal_ended';
        readonly goal: string;
        readonly title: string;
        readonly how: GoalEnd;
        readonly measured?: Measured;
        readonly note?: string;
        readonly settles: readonly string[];
      }
    | RepFindingEvent
    | DutyEvent
    /** Since which day they hold their post. */
    | { readonly event: 'post_taken'; readonly since: string }
    /** Percents as fractions. */
    | {
        readonly event: 'figure_entered';
        readonly measure: MeasureId;
        readonly value: number;
        readonly from: string;
        readonly until: string;
        readonly source: string;
      }
    | { readonly event: 'items_read'; readonly items: readonly number[] }
    | { readonly event: 'items_dismissed'; readonly items: readonly number[] }
  );

export type PersonEventOf<N extends PersonEvent['event']> = Extract<PersonEvent, { readonly event: N }>;

/** What happened to a person. An event carries all that is needed to apply it. */

import type { Instant } from '../time/instant.ts';
import type { Absence } from '../who/people.ts';
import type { Message } from './message.ts';
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
    | { readonly event: 'items_read'; readonly items: readonly number[] }
    | { readonly event: 'items_dismissed'; readonly items: readonly number[] }
  );

export type PersonEventOf<N extends PersonEvent['event']> = Extract<PersonEvent, { readonly event: N }>;

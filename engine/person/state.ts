/** The state of a person: plain JSON, holding only what `decide` needs. */

import type { Text } from '../playbook/text.ts';
import type { Money } from '../playbook/value.ts';
import type { Instant } from '../time/instant.ts';
import type { Goal, Session } from './coaching/session.ts';
import type { OwnAbsence } from './event.ts';
import type { RepFinding } from './findings/finding.ts';
import type { Duty, SeriesStanding } from './rhythm/duty.ts';

/** A message that waits for the digest. */
export interface WaitingLine {
  readonly item: number;
  readonly received_at: Instant;
  readonly subject?: string;
  /** What the digest says of it; absent where there are more lines than anybody reads: those are counted. */
  readonly title?: Text;
  /** The amount of the case it is about. */
  readonly at_risk?: Money;
}

export interface PersonState {
  readonly state_version: 2;
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly manager?: string;
  readonly region?: string;
  readonly email?: string;
  readonly lang: 'zh' | 'en';
  readonly active: boolean;
  /** Those that are not over, the earliest first. */
  readonly absences: readonly OwnAbsence[];
  /** How many absences there ever were: they are named `a1` to this. */
  readonly absences_set: number;
  /** The absence that has begun: whoever waits for the person has been told. */
  readonly away?: string;
  /** When the last absence ended: what waited through it goes into the digest after that. */
  readonly back_at?: Instant;
  /** A day of leaving that has not come. */
  readonly leaves?: { readonly on: string; readonly at: Instant; readonly successor?: string };
  /** How many messages ever came: the inbox items are numbered 1 to this. */
  readonly received: number;
  /** The oldest first. */
  readonly waiting: readonly WaitingLine[];
  /** Mails sent on the last day on which there were any. */
  readonly mailed?: { readonly day: string; readonly count: number };
  /** Coaching that is open; absent: none. */
  readonly sessions?: readonly Session[];
  /** How many sessions there ever were. */
  readonly sessions_opened?: number;
  /** What is agreed and has not ended. */
  readonly goals?: readonly Goal[];
  readonly goals_agreed?: number;
  /** What was found by the measures, by id; absent: nothing yet. */
  readonly findings?: Readonly<Record<string, RepFinding>>;
  /** Duties that are open, and those done that wait to be read; absent: none. */
  readonly duties?: readonly Duty[];
  readonly duties_opened?: number;
  /** By duty of a rhythm: how far it has come. */
  readonly series?: Readonly<Record<string, SeriesStanding>>;
  /** The day on which they came into their post, where it is known. */
  readonly in_post_since?: string;
  /** The latest instant an event carried. */
  readonly last_at: Instant;
}

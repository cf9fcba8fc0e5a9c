/** The state of a person: plain JSON, holding only what `decide` needs. */

import type { Instant } from '../time/instant.ts';

export interface PersonState {
  readonly state_version: 1;
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly manager?: string;
  readonly region?: string;
  readonly email?: string;
  readonly lang: 'zh' | 'en';
  readonly active: boolean;
  /** How many messages ever came: the inbox items are numbered 1 to this. */
  readonly received: number;
  /** The latest instant an event carried. */
  readonly last_at: Instant;
}

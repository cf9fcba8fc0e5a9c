/** People as the engine sees them: who holds which post, reports to whom and is away when, as of one version. */

import type { Instant } from '../time/instant.ts';

/** Days on which somebody is away. It holds from `from` until just before `until`, whatever anybody does meanwhile. */
export interface Absence {
  /** `a1`, `a2`, …: its name among the absences of one person. */
  readonly absence: string;
  /** `yyyy-MM-dd` in the person's calendar, both included. */
  readonly first_day: string;
  readonly last_day: string;
  /** The same as instants: local midnight before the first day and after the last. */
  readonly from: Instant;
  readonly until: Instant;
  /** Who steps in: the first of them who is there. */
  readonly substitutes: readonly string[];
}

export interface Person {
  readonly person: string;
  readonly name: string;
  readonly role: string;
  /** Whom this person reports to. */
  readonly manager?: string;
  readonly region?: string;
  readonly email?: string;
  readonly lang: 'zh' | 'en';
  readonly active: boolean;
  /** Those that were not over when they were last looked at, the earliest first; absent: none. */
  readonly absences?: readonly Absence[];
}

export interface People {
  /** Grows with every change of anybody; journal entries name it. */
  readonly version: number;
  readonly by_id: Readonly<Record<string, Person>>;
}

/** What a fact and a field of a form have in common, and what reading a value may look at. */

import type { Text } from '../playbook/text.ts';
import type { Field, FileValue, ValueType } from '../playbook/value.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import type { People } from '../who/people.ts';

/** Facts and fields both fit it. */
export interface ValueSpec {
  readonly type: ValueType;
  readonly title: Text;
  readonly optional?: boolean;
  readonly choices?: Readonly<Record<string, Text>>;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly currency?: string;
  readonly fields?: readonly Field[];
  readonly min_length?: number;
  readonly max_length?: number;
  readonly pattern?: string;
  readonly min_rows?: number;
  readonly max_rows?: number;
}

/**
 * What answers may name as a file: those uploaded to the case, by their hash. `made-up` is for rehearsals, where nothing is
 * ever uploaded and every name is a file.
 */
export type KnownFiles = Readonly<Record<string, FileValue>> | 'made-up';

export interface AnswerContext {
  /** Absent: a person is any id, unchecked. */
  readonly people?: People;
  /** Absent: none is known, so that none can be named. */
  readonly files?: KnownFiles;
  /** For fields asked only `when` a day lies within or beyond a span. */
  readonly now: Instant;
  readonly calendar: WorkingCalendar;
  /** JSON pointer of what is read, before every problem's path; absent: the root. */
  readonly path?: string;
}

/** Where the playbook sets no limit: enough for any honest answer, too little to hurt. */
export const DEFAULT_LIMITS = { text: 20_000, link: 2_000, rows: 1_000 } as const;

/** Days from 1900 to 2999: anything else is a slip, and far years are beyond what calendars count. */
export const FIRST_DAY = '1900-01-01';
export const LAST_DAY = '2999-12-31';

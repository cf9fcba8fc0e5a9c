/** Values that facts, form fields and operands hold: plain JSON, typed by the playbook. */

import type { Condition } from './condition.ts';
import type { At, Text } from './text.ts';

/** Integer minor units (fen, cents), so that sums are exact. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** A file that was uploaded to the case, as the store knows it; what it holds is named by its hash. */
export interface FileValue {
  /** Of its bytes, 64 hexadecimal digits in lower case. */
  readonly sha256: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Media type. */
  readonly type: string;
}

export type Row = Readonly<Record<string, Value>>;

/**
 * text, link, person, choice, date (`yyyy-MM-dd`) are strings; number is a number; percent a fraction (10 % is 0.1);
 * yes_no a boolean; choices a list of strings; rows a list of rows; file what is known of a file. A missing value is
 * absent, never null.
 */
export type Value = string | number | boolean | Money | FileValue | readonly string[] | readonly Row[];

export type ValueType =
  | 'text'
  | 'number'
  | 'percent'
  | 'money'
  | 'date'
  | 'choice'
  | 'choices'
  | 'person'
  | 'link'
  | 'yes_no'
  | 'file'
  | 'rows';

/** One field of a form: an evidence sheet, a demand's answer, a row of a `rows` field. */
export interface Field {
  readonly field: string;
  readonly type: ValueType;
  readonly title: Text;
  readonly optional: boolean;
  /** The field is asked only when this holds over the other answers (leaves are `field` leaves). */
  readonly when?: Condition;
  /** Numbers as they are, percent as a fraction, money in minor units of `currency`, dates as text. */
  readonly min?: number | string;
  readonly max?: number | string;
  readonly currency?: string;
  readonly min_length?: number;
  readonly max_length?: number;
  /** RE2 syntax; run on re2js, never on RegExp. */
  readonly pattern?: string;
  readonly choices?: Readonly<Record<string, Text>>;
  readonly fields?: readonly Field[];
  readonly min_rows?: number;
  readonly max_rows?: number;
  readonly at: At;
}

/** A formula for a derived fact. `ratio` divides first by second; `score` adds the points of conditions that hold. */
export type Formula =
  | { readonly kind: 'constant'; readonly value: number | Money; readonly at: At }
  | { readonly kind: 'fact'; readonly fact: string; readonly at: At }
  | {
      readonly kind: 'sum' | 'minus' | 'times' | 'ratio' | 'min' | 'max' | 'days_between';
      readonly of: readonly Formula[];
      readonly at: At;
    }
  | {
      readonly kind: 'rows';
      readonly how: 'sum' | 'min' | 'max';
      readonly fact: string;
      readonly column: string;
      readonly at: At;
    }
  | { readonly kind: 'count'; readonly fact: string; readonly at: At }
  | {
      readonly kind: 'score';
      readonly points: readonly { readonly when: Condition; readonly points: number }[];
      readonly at: At;
    };

export interface Fact {
  readonly fact: string;
  readonly type: ValueType;
  readonly title: Text;
  readonly choices?: Readonly<Record<string, Text>>;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly currency?: string;
  readonly fields?: readonly Field[];
  /** Present on derived facts, which are computed and cannot be set. */
  readonly from?: Formula;
  readonly at: At;
}

/** A working calendar as the playbook declares it. */

import type { At, Text } from './text.ts';

/** Minutes from local midnight, `[from, to)`. */
export type Hours = readonly (readonly [number, number])[];

export interface Calendar {
  readonly calendar: string;
  readonly title?: Text;
  /** IANA zone. */
  readonly zone: string;
  /** Index 0 is Monday, 6 Sunday; an empty list is a day off. */
  readonly hours: readonly [Hours, Hours, Hours, Hours, Hours, Hours, Hours];
  /** Whole days off, `yyyy-MM-dd`, both ends included. */
  readonly holidays: readonly { readonly from: string; readonly to: string; readonly title?: Text; readonly at: At }[];
  /** Working days on days that would be off; they take the hours of the first working weekday. */
  readonly make_up_days: readonly { readonly on: string; readonly at: At }[];
  /** Later dates are counted by weekday alone and marked provisional. */
  readonly valid_through: string;
  readonly at: At;
}

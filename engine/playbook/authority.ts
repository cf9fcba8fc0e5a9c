/** What the power to approve depends on, as the roles declare it: dimensions, and the limit of each post in each. */

import type { At, Text } from './text.ts';
import type { Money, ValueType } from './value.ts';

/** `days`: a number fact that counts days; limits are written `60 days`. */
export const DIMENSION_TYPES = ['money', 'percent', 'number', 'days', 'yes_no', 'choice'] as const;

export type DimensionType = (typeof DIMENSION_TYPES)[number];

/** Where a case gets graver: with more of it or less, or with yes or no. Choices are named one by one. */
export type Graver = 'higher' | 'lower' | 'yes' | 'no';

/** One thing that decides who may approve: the amount, the discount, the payment term, non-standard terms. */
export interface Dimension {
  readonly dimension: string;
  readonly title: Text;
  /** The fact it reads; a pipeline that has no fact of this name is not measured by it. */
  readonly fact: string;
  readonly type: DimensionType;
  /** Absent for choices. */
  readonly graver?: Graver;
  readonly at: At;
}

/** What a post may approve in one dimension: up to the gravest value, the choices named, or everything. */
export type Limit =
  | { readonly kind: 'up_to'; readonly value: number | boolean | Money; readonly at: At }
  | { readonly kind: 'among'; readonly choices: readonly string[]; readonly at: At }
  | { readonly kind: 'no_limit'; readonly at: At };

/** By dimension; where none is named the post approves nothing that is measured by it. */
export type Limits = Readonly<Record<string, Limit>>;

/** The types of fact that each type of dimension reads. */
export const FACTS_READ: Readonly<Record<DimensionType, readonly ValueType[]>> = {
  money: ['money'],
  percent: ['percent'],
  number: ['number'],
  days: ['number'],
  yes_no: ['yes_no'],
  choice: ['choice', 'choices'],
};

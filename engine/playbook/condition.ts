/** The compiled condition: a frozen tree of plain data; `engine/condition` gives it meaning. */

import type { Duration } from '../time/duration.ts';
import type { At, Text } from './text.ts';
import type { Value } from './value.ts';

export type Operator =
  | 'is'
  | 'is_not'
  | 'at_least'
  | 'more_than'
  | 'at_most'
  | 'less_than'
  | 'before'
  | 'after'
  | 'in'
  | 'not_in'
  | 'contains'
  | 'is_known'
  /** Dates only: no further than this from now, in the future or the past. */
  | 'within'
  /** Dates only: at least this long in the past. */
  | 'ago';

/** How an outcome is compared; `contains` for tables that collect, the others for all else. */
export type DecisionOperator = 'is' | 'is_not' | 'in' | 'not_in' | 'contains';

/** What a fact is compared with: a value of the fact's type, a list of them (`in`, `not_in`), another fact, or a duration. */
export type Operand =
  | { readonly kind: 'value'; readonly value: Value | readonly Value[] }
  | { readonly kind: 'fact'; readonly fact: string }
  | { readonly kind: 'duration'; readonly duration: Duration };

export type Leaf =
  | {
      readonly kind: 'fact';
      readonly fact: string;
      readonly operator: Operator;
      readonly operand: Operand;
      readonly at: At;
    }
  /** The same over the answers of a form, inside that form only. */
  | {
      readonly kind: 'field';
      readonly field: string;
      readonly operator: Operator;
      readonly operand: Operand;
      readonly at: At;
    }
  /** Accepted, and fresh where the evidence names a freshness. */
  | { readonly kind: 'evidence'; readonly evidence: string; readonly at: At }
  | { readonly kind: 'milestone'; readonly milestone: string; readonly at: At }
  /** Given, for exactly what stands there now. */
  | { readonly kind: 'approval'; readonly approval: string; readonly at: At }
  | { readonly kind: 'task'; readonly task: 'open' | 'dated' | 'overdue'; readonly at: At }
  /** Its current outcome; unknown while there is none. `fresh_for` asks for younger answers than the decision itself does. */
  | {
      readonly kind: 'decision';
      readonly decision: string;
      /** Absent: any outcome will do. */
      readonly operator?: DecisionOperator;
      readonly outcomes: readonly string[];
      readonly fresh_for?: Duration;
      readonly at: At;
    }
  /** `activity: any` or a kind of activity, logged no longer ago than `within`. */
  | { readonly kind: 'activity'; readonly activity: string; readonly within: Duration; readonly at: At }
  /** Every case (or any) that this one started in the pipeline stands in one of these; false while there is none. */
  | {
      readonly kind: 'child';
      readonly pipeline: string;
      /** Stages of the pipeline, or `open`, `won`, `lost`, `finished`; a stage of that name comes first. */
      readonly in: readonly string[];
      readonly which: 'all' | 'any';
      /** Of the pipeline, and of the stages and statuses of `in`, in their order. */
      readonly title: Text;
      readonly in_titles: readonly Text[];
      readonly at: At;
    };

/** What a case can be in besides a stage. */
export const CHILD_STATUSES = ['open', 'won', 'lost', 'finished'] as const;

export type Condition =
  | Leaf
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[]; readonly at: At }
  | { readonly kind: 'not'; readonly of: Condition; readonly at: At };

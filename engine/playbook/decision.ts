/** A decision: a tree of questions or a table of rules, and the outcomes they lead to. */

import type { Duration } from '../time/duration.ts';
import type { Action } from './action.ts';
import type { Condition } from './condition.ts';
import type { At, Text } from './text.ts';
import type { Who } from './who.ts';

/** What an answer leads to. */
export type Next = { readonly kind: 'ask' | 'outcome'; readonly to: string };

export interface AnswerRule {
  readonly answer: string;
  readonly title: Text;
  readonly next: Next;
  readonly at: At;
}

export interface Question {
  readonly question: string;
  readonly title: Text;
  /** What to look at before answering. */
  readonly help?: Text;
  /** Facts that an answer by people rests on: when one of them changes, the question is asked again. */
  readonly rests_on: readonly string[];
  /** Where this is true the facts answer `yes`, where false `no`; where it is unknown people are asked. */
  readonly from?: Condition;
  readonly answers: readonly AnswerRule[];
  readonly at: At;
}

export interface DecisionRow {
  readonly when: Condition;
  readonly outcome: string;
  readonly at: At;
}

export interface DecisionOutcome {
  readonly outcome: string;
  readonly title: Text;
  readonly advice?: Text;
  /** Done when the outcome comes about, and not again while it stays. */
  readonly do: readonly Action[];
  readonly at: At;
}

/** The first question is asked first. */
export interface Tree {
  readonly kind: 'tree';
  readonly questions: readonly Question[];
}

/** `first`: the first row that holds; `unique`: the one row that holds; `collect`: every row that holds. */
export interface Table {
  readonly kind: 'table';
  readonly hit: 'first' | 'unique' | 'collect';
  readonly rows: readonly DecisionRow[];
  /** Where no row holds. */
  readonly otherwise?: string;
}

export interface Decision {
  readonly decision: string;
  readonly title: Text;
  readonly why?: Text;
  readonly applies_to: readonly string[];
  /** Who answers what the facts do not; absent: whoever has the right over the case. */
  readonly answered_by?: Who;
  /** How long an answer by people stays current; absent: until something behind it changes. */
  readonly fresh_for?: Duration;
  readonly outcomes: readonly DecisionOutcome[];
  readonly way: Tree | Table;
  readonly at: At;
}

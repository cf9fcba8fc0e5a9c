/** A ladder: when a stall begins, who hears of it after how long, and the decision it demands in the end. */

import type { Duration } from '../time/duration.ts';
import type { Action } from './action.ts';
import type { Condition } from './condition.ts';
import type { At, Text } from './text.ts';
import type { Field } from './value.ts';
import type { Who } from './who.ts';

export type LadderStart =
  | { readonly kind: 'timebox'; readonly at: At }
  | { readonly kind: 'no_activity'; readonly for: Duration; readonly at: At }
  /** The day that a fact of type date names is over. */
  | { readonly kind: 'due'; readonly fact: string; readonly at: At };

/** What each way of answering a demand may ask for; all but the plan's words it cannot do without. */
export const WAY_ARGUMENTS = {
  push: ['plan', 'next_step_on'],
  fall_back: ['stage'],
  hand_over: ['to'],
  close_lost: ['reason'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type DemandWay = keyof typeof WAY_ARGUMENTS;

// Object.keys forgets that the keys are the ways.
export const WAYS = Object.keys(WAY_ARGUMENTS) as readonly DemandWay[];

export interface Demand {
  readonly of: Who;
  /** Per way offered, what of `WAY_ARGUMENTS` it asks for. */
  readonly ways: Readonly<Partial<Record<DemandWay, readonly string[]>>>;
  readonly fields: readonly Field[];
  readonly at: At;
}

export interface Rung {
  /** Counted from the start of the stall, less pauses. */
  readonly after: Duration;
  readonly do: readonly Action[];
  readonly demand?: Demand;
  readonly at: At;
}

export interface Ladder {
  readonly ladder: string;
  readonly title: Text;
  /** Whichever comes first. */
  readonly starts: readonly LadderStart[];
  /** Over facts only, so that it can change by commands alone. */
  readonly pauses_while?: Condition;
  /** For each stay in a stage; `snooze` draws on it too. Absent: no pausing. */
  readonly pause_budget?: Duration;
  readonly ends_when: readonly ('activity' | 'advance' | 'resolve')[];
  readonly rungs: readonly Rung[];
  readonly at: At;
}

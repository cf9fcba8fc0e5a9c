/** An approval: who must agree to what, in which order, and what becomes of a question that nobody answers. */

import type { Duration } from '../time/duration.ts';
import type { Condition } from './condition.ts';
import type { At, Text } from './text.ts';
import type { Who } from './who.ts';

/** How many of several voices are enough: one of them (或签), every one (会签), or so many. */
export type Quorum = 'any' | 'all' | number;

export type Voice =
  /** One voice, whoever of those meant answers first. */
  | { readonly kind: 'one'; readonly who: Who; readonly at: At }
  /** Everybody meant has a voice of their own. */
  | { readonly kind: 'each'; readonly who: Who; readonly quorum: Quorum; readonly at: At }
  /** Voices that together are one voice of what they stand in. */
  | { readonly kind: 'group'; readonly of: readonly Voice[]; readonly quorum: Quorum; readonly at: At };

/** What a decision is bound to: change it, and the decision is void. */
export type Bound =
  | { readonly kind: 'fact'; readonly fact: string }
  /** The answers of its form, as submitted. */
  | { readonly kind: 'evidence'; readonly evidence: string };

export interface ApprovalRung {
  /** Counted from when the step began to ask. */
  readonly after: Duration;
  /** Those who are asked and have not answered. */
  readonly remind: boolean;
  readonly notify: readonly Who[];
  /** The approval ends without an answer: silence never approves. */
  readonly lapse: boolean;
  readonly at: At;
}

export interface ApprovalStep {
  readonly step: string;
  readonly title: Text;
  /** The step is left out only where this is certainly false. */
  readonly when?: Condition;
  readonly ask: Voice;
  readonly binds: readonly Bound[];
  readonly respond_within?: Duration;
  readonly rungs: readonly ApprovalRung[];
  /** Who answers where nobody who is asked can; absent: the case tells somebody that it waits for nobody. */
  readonly fallback?: Who;
  readonly at: At;
}

export interface Approval {
  readonly approval: string;
  readonly title: Text;
  readonly why?: Text;
  readonly applies_to: readonly string[];
  /** How long it holds once it is given; absent: as long as what it binds stays the same. */
  readonly fresh_for?: Duration;
  /** Those who are asked are reminded by hand no more often than this; absent: never. */
  readonly remind_every?: Duration;
  /** One after another; the steps of one turn beside each other. */
  readonly turns: readonly (readonly ApprovalStep[])[];
  readonly at: At;
}

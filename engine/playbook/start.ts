/** The action `start`: a pipeline that a case sets going in a case of its own, and what becomes of that one with it. */

import type { Condition } from './condition.ts';
import type { At, Text } from './text.ts';
import type { Value } from './value.ts';
import type { Who } from './who.ts';

/** What a fact of the new case is filled from; a fact or field that is not known is left out. */
export type Handed =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'fact'; readonly fact: string }
  | { readonly kind: 'row'; readonly field: string };

/** When the parent is closed as lost: the child goes on, or is closed as lost for this reason of its own pipeline. */
export type WhenLost = { readonly kind: 'leave' } | { readonly kind: 'close'; readonly reason: string };

/** What becomes of a child when something happens to its parent; kept with the parent, as it was when the child started. */
export interface Bond {
  readonly on_lost: WhenLost;
  /** Of a child that the parent's loss closed, when the parent is taken up again. */
  readonly on_reopen: 'reopen' | 'leave';
  /** `follow`: to the parent's new owner, where it was the old one's. */
  readonly on_hand_over: 'follow' | 'stay';
}

export interface StartAction extends Bond {
  readonly kind: 'start';
  readonly pipeline: string;
  /** Over the parent, at that moment; absent: always. */
  readonly when?: Condition;
  /** A fact of type rows: one case for each row; absent: one case. */
  readonly for_each?: string;
  /** The field that tells one row's case from another's; absent: the number of the row. */
  readonly key?: string;
  /** After what the parent is about: the playbook's own words, or the title of the pipeline. */
  readonly title: Text;
  readonly owner: Who | { readonly kind: 'row'; readonly field: string };
  /** By fact of the new case. */
  readonly with: Readonly<Record<string, Handed>>;
  readonly at: At;
}

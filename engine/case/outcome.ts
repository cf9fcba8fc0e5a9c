/** The answers `decide` gives. No is an answer: data with all its reasons, never an exception. */

import type { LeafResult } from '../condition/result.ts';
import type { ContentChange } from '../parts/approval/content.ts';
import type { At, Text } from '../playbook/text.ts';

/** One way out of several: leaves of the same `choice` are alternatives, and one `way` of them is enough. */
export interface Alternative {
  readonly choice: number;
  readonly way: number;
}

/** A leaf that keeps a criterion from being met. */
export interface UnmetLeaf extends LeafResult {
  /** The alternatives it stands in, outermost first; absent: it is needed whatever else is done. */
  readonly one_of?: readonly Alternative[];
}

/** One unmet criterion. */
export interface Reason {
  /** Kebab-case: `milestone-unmet`, `gate-closed`, `evidence-missing`, `case-finished`, … */
  readonly code: string;
  readonly message: Text;
  /** The stage, milestone, gate, evidence, fact or task it is about, as `kind id` in the scenario grammar: `milestone pain-found`. */
  readonly about?: string;
  /** The rule in the playbook. */
  readonly rule?: At;
  /** Every leaf that is not true, with the value seen. */
  readonly unmet: readonly UnmetLeaf[];
  /** People who can meet it. */
  readonly can_meet: readonly string[];
  /** What is already on its way, such as evidence that waits for acceptance. */
  readonly under_way: readonly Text[];
  /** It may be waived: by whom, and for how long at most. */
  readonly waiver?: { readonly can_grant: readonly string[]; readonly at_most: Text };
  /** What is not as it was when somebody looked at it. */
  readonly changes?: readonly ContentChange[];
}

/** Something malformed or unfitting in what the caller sent; `path` is a JSON pointer into the command. */
export interface Problem {
  readonly code: string;
  readonly path: string;
  readonly message: Text;
}

export type Outcome<E> =
  | { readonly outcome: 'accepted'; readonly events: readonly E[]; readonly warnings: readonly Reason[] }
  | { readonly outcome: 'refused'; readonly reasons: readonly Reason[] }
  | { readonly outcome: 'forbidden'; readonly reason: Problem }
  | { readonly outcome: 'invalid'; readonly problems: readonly Problem[] };

/** A territory: customers divided into plots, one owner each, and the named accounts that are taken out of them (井田制, D46). */

import type { Condition } from './condition.ts';
import type { At, Text } from './text.ts';

export interface Plot {
  readonly plot: string;
  readonly title: Text;
  readonly when: Condition;
  /** A person, by id. */
  readonly owner: string;
  readonly at: At;
}

export interface Territory {
  readonly territory: string;
  readonly title: Text;
  readonly applies_to: readonly string[];
  /** The fact that names the account; absent where there are no named ones. */
  readonly account?: string;
  readonly named: readonly { readonly account: string; readonly owner: string; readonly at: At }[];
  /** The first whose condition holds has the case. */
  readonly plots: readonly Plot[];
  readonly at: At;
}

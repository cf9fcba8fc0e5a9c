/** Facts that no case holds and no pipeline declares: what watches a case brings them along (D46). */

import type { Text } from './text.ts';

/** The fact by which cases are of the same customer, where a pipeline has it. */
export const CUSTOMER = 'customer';

/** The fact by which lists and digests are ordered, where a pipeline has it. */
export const AMOUNT = 'amount';

export const GIVEN_FACTS = {
  /** Whoever has an open case of the same customer that was there before this one: `ann C-1, bob C-7`. */
  customer_worked_by: { type: 'text', title: { zh: '同一客户此前已有谁在跟进', en: 'Who worked the customer before' } },
  /** To whom the case belongs by where its customer lies, where that is not its owner: a person's id. */
  belongs_to: { type: 'text', title: { zh: '按井田应归谁', en: 'To whom it belongs by its plot' } },
} as const satisfies Readonly<Record<string, { readonly type: 'text'; readonly title: Text }>>;

export type GivenFact = keyof typeof GIVEN_FACTS;

export function isGivenFact(name: string): name is GivenFact {
  return Object.hasOwn(GIVEN_FACTS, name);
}

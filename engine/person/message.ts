/** A message to a person: what it is about, why it comes, and the rule that sent it. */

import type { MessageKind } from '../playbook/roles.ts';
import type { At, Text } from '../playbook/text.ts';
import type { Money } from '../playbook/value.ts';

export interface Message {
  readonly kind: MessageKind;
  /** The case it is about. */
  readonly case?: string;
  readonly case_title?: string;
  /**
   * What it is about, for as long as that is open: `c-1/stall`, `c-1/evidence first-visit`, `c-1/task t1`. A newer message
   * takes the place of an older one about the same; what is settled is taken back. Absent: there is nothing to settle.
   */
  readonly subject?: string;
  /** The person in whose place its receiver is asked. */
  readonly on_behalf_of?: string;
  readonly title: Text;
  readonly text: Text;
  /** The rule in the playbook that sent it. */
  readonly rule?: At;
  /** The amount of the case, while it is open: digests put the most money first. */
  readonly at_risk?: Money;
  /** Digests: the lines it is made of. */
  readonly items?: readonly { readonly case: string; readonly case_title: string; readonly text: Text }[];
}

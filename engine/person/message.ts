/** A message to a person: what it is about, why it comes, and the rule that sent it. */

import type { At, Text } from '../playbook/text.ts';

export interface Message {
  readonly kind:
    | 'reminder'
    | 'notice'
    | 'demand'
    | 'evidence_to_accept'
    | 'evidence_settled'
    | 'task'
    | 'handed_over'
    | 'digest';
  /** The case it is about. */
  readonly case?: string;
  readonly case_title?: string;
  readonly title: Text;
  readonly text: Text;
  /** The rule in the playbook that sent it. */
  readonly rule?: At;
  /** Digests: the lines it is made of. */
  readonly items?: readonly { readonly case: string; readonly case_title: string; readonly text: Text }[];
}

/** A finding in a playbook: a code, a place, one line in each language, and what would help. */

import type { At, Text } from '../../playbook/text.ts';
import type { Code } from './codes.ts';

/** A stretch of one line of a file; `end_col` is the column after its last character, absent for the word that begins there. */
export interface Place {
  readonly at: At;
  readonly end_col?: number;
}

export interface Diagnostic {
  readonly code: Code;
  readonly severity: 'error' | 'warning';
  /** The token the author must change. */
  readonly at: At;
  readonly end_col?: number;
  /** One line, lower-case, no full stop, the author's words in backticks. */
  readonly message: Text;
  readonly hint?: Text;
  readonly related?: readonly { readonly at: At; readonly message: Text }[];
}

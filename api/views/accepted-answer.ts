/** What a command that was accepted is answered with. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { Reason } from '../../engine/case/outcome.ts';

export interface AcceptedAnswer {
  readonly outcome: 'accepted';
  readonly case: string;
  /** Number of the journal entry, counted from 1 for each case. */
  readonly entry: number;
  readonly events: readonly CaseEvent[];
  /** Gates that are being rolled out and would have refused. */
  readonly warnings: readonly Reason[];
}

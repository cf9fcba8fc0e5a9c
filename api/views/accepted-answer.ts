/** What a command that was accepted is answered with. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { Reason } from '../../engine/case/outcome.ts';
import type { Reply } from '../../workers/contract.ts';
import { type ReasonView, reasonView, type Wording } from './reason-view.ts';

export interface AcceptedAnswer {
  readonly outcome: 'accepted';
  readonly case: string;
  /** Of the calendar the case counts in; absent where its rules are not at hand. */
  readonly zone?: string;
  /** Number of the journal entry, counted from 1 for each case. */
  readonly entry: number;
  readonly events: readonly CaseEvent[];
  /** Gates that are being rolled out and would have refused. */
  readonly warnings: readonly ReasonView[];
}

export function acceptedAnswer(
  id: string,
  reply: Extract<Reply, { outcome: 'accepted' }>,
  wording: Wording,
): AcceptedAnswer {
  // Made by the deciders, whose types the contract does not import.
  const events = reply.events as readonly CaseEvent[];
  const warnings = reply.warnings as readonly Reason[];
  return {
    outcome: 'accepted',
    case: id,
    ...(wording.zone !== undefined && { zone: wording.zone }),
    entry: reply.entry,
    events,
    warnings: warnings.map((reason) => reasonView(reason, wording)),
  };
}

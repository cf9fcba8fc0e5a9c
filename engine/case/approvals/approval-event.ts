/** What happens to an approval. */

import type { ApprovalOutcome, Ask, Content } from '../../parts/approval/record.ts';
import type { At } from '../../playbook/text.ts';
import type { Instant } from '../../time/instant.ts';

/** How it is asked for again: all from the start, from where it stopped, or only of those whose content has changed. */
export type ResubmitWay = 'restart' | 'continue' | 'changed_only';

export type ApprovalEvent =
  | {
      readonly event: 'approval_requested';
      readonly approval: string;
      readonly how: 'request' | ResubmitWay;
      /** Counted from 1. */
      readonly round: number;
      readonly pipeline: string;
      /** Whose own submission it is: none of them answers. */
      readonly own_of: readonly string[];
      /** Steps whose answers stand. */
      readonly keeps: readonly string[];
      readonly note?: string;
    }
  | {
      readonly event: 'approval_step_opened';
      readonly approval: string;
      readonly step: string;
      /** What is reviewed, as it stands there. */
      readonly content: Content;
      readonly digest: string;
      readonly due_at?: Instant;
      /** The rule in the playbook. */
      readonly rule: At;
    }
  | {
      readonly event: 'approval_asked';
      readonly approval: string;
      readonly step: string;
      readonly asked: readonly Ask[];
      readonly before: readonly Ask[];
      /** Who is told that a seat has nobody who can answer. */
      readonly stuck?: string;
    }
  | {
      readonly event: 'approval_answered';
      readonly approval: string;
      readonly step: string;
      readonly seat: string;
      readonly answer: 'approved' | 'rejected';
      readonly digest: string;
      readonly on_behalf_of?: string;
      /** What must be done besides; each becomes a task of the owner. */
      readonly conditions?: readonly string[];
      readonly note?: string;
      readonly reason?: string;
    }
  | { readonly event: 'approval_step_passed'; readonly approval: string; readonly step: string }
  /** Openings of steps that count no more, with the answers given to them. */
  | {
      readonly event: 'approval_voided';
      readonly approval: string;
      readonly steps: readonly string[];
      /** `own`: somebody who answered has come to own the case, or asks for it now. */
      readonly because: 'changed' | 'sent_back' | 'own';
      /** Names of what has changed. */
      readonly changed?: readonly string[];
      readonly before: readonly Ask[];
      readonly reason?: string;
    }
  | {
      readonly event: 'approval_rung_fired';
      readonly approval: string;
      readonly step: string;
      /** Index of the rung; those missed before it are in `folded`. */
      readonly rung: number;
      readonly folded: readonly number[];
      readonly due_at: Instant;
      readonly rule: At;
    }
  | {
      readonly event: 'approval_ended';
      readonly approval: string;
      readonly outcome: ApprovalOutcome;
      readonly because?: 'changed' | 'own' | 'moved' | 'finished' | 'cancelled' | 'no_answer' | 'too_old';
      /** The step that rejected it, sent it back or was not answered. */
      readonly step?: string;
      readonly before: readonly Ask[];
      readonly reason?: string;
    }
  | {
      readonly event: 'approval_signer_added';
      readonly approval: string;
      readonly step: string;
      readonly seat: string;
      /** The seat of the signer. */
      readonly signer: string;
      readonly person: string;
      readonly when: 'before' | 'after';
    }
  | {
      readonly event: 'approval_signer_removed';
      readonly approval: string;
      readonly step: string;
      readonly signer: string;
      readonly person: string;
    }
  | {
      readonly event: 'approval_transferred';
      readonly approval: string;
      readonly step: string;
      readonly seat: string;
      readonly from: string;
      readonly to: string;
      readonly reason?: string;
    }
  | {
      readonly event: 'approval_delegated';
      readonly approval: string;
      readonly step: string;
      readonly seat: string;
      readonly from: string;
      readonly to: string;
      readonly note?: string;
    }
  /** Advice of who was given the task: no voice. The question goes back to who gave it. */
  | {
      readonly event: 'approval_advised';
      readonly approval: string;
      readonly step: string;
      readonly seat: string;
      readonly answer: 'approved' | 'rejected';
      readonly digest: string;
      readonly note?: string;
    }
  | {
      readonly event: 'approval_copied';
      readonly approval: string;
      readonly people: readonly string[];
      readonly note?: string;
    }
  | {
      readonly event: 'approval_reminded';
      readonly approval: string;
      readonly people: readonly string[];
      readonly note?: string;
    }
  | { readonly event: 'approval_commented'; readonly approval: string; readonly text: string };

export type ApprovalEventName = ApprovalEvent['event'];

/** What people do about an approval, as commands of the case. */

import type { ResubmitWay } from './approval-event.ts';

export type ApprovalCommand =
  | { readonly command: 'request_approval'; readonly approval: string; readonly note?: string }
  /** After it was sent back, recalled, void or lapsed. */
  | {
      readonly command: 'resubmit';
      readonly approval: string;
      readonly how: ResubmitWay;
      readonly note?: string;
    }
  /** So that what is under review can be changed. */
  | { readonly command: 'recall'; readonly approval: string; readonly reason?: string }
  | { readonly command: 'cancel_approval'; readonly approval: string; readonly reason: string }
  | {
      readonly command: 'approve';
      readonly approval: string;
      /** Absent: the step at which the actor is asked. */
      readonly step?: string;
      /** Of what was seen, whole or its first twelve digits. */
      readonly digest: string;
      readonly conditions?: readonly string[];
      readonly note?: string;
    }
  | {
      readonly command: 'reject';
      readonly approval: string;
      readonly step?: string;
      readonly digest?: string;
      readonly reason: string;
    }
  /** To whoever asked for it, or to an earlier step. */
  | {
      readonly command: 'send_back';
      readonly approval: string;
      readonly step?: string;
      readonly to?: string;
      readonly digest?: string;
      readonly reason: string;
    }
  | {
      readonly command: 'add_signer';
      readonly approval: string;
      readonly step?: string;
      readonly person: string;
      readonly when: 'before' | 'after';
    }
  | { readonly command: 'remove_signer'; readonly approval: string; readonly person: string }
  | {
      readonly command: 'transfer';
      readonly approval: string;
      readonly step?: string;
      readonly to: string;
      readonly reason?: string;
    }
  /** For advice: it comes back. */
  | {
      readonly command: 'delegate';
      readonly approval: string;
      readonly step?: string;
      readonly to: string;
      readonly note?: string;
    }
  | {
      readonly command: 'copy_to';
      readonly approval: string;
      readonly people: readonly string[];
      readonly note?: string;
    }
  | { readonly command: 'remind'; readonly approval: string; readonly note?: string }
  | { readonly command: 'comment'; readonly approval: string; readonly text: string };

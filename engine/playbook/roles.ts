/** Posts and their rights. */

import type { Dimension, Limits } from './authority.ts';
import type { At, Text } from './text.ts';

/**
 * Rights are named like the commands they allow; `request_approval` is that to recall and to resubmit too, `approve` that to
 * reject and to send back. `import`, `see` and `administer` have no command of that name.
 */
export const RIGHTS = [
  'open',
  'set_facts',
  'log_activity',
  'answer',
  'submit_evidence',
  'withdraw_evidence',
  'accept_evidence',
  'reject_evidence',
  'advance',
  'fall_back',
  'plan_task',
  'complete_task',
  'snooze',
  'resolve',
  'move_pipeline',
  'hand_over',
  'close',
  'reopen',
  'request_approval',
  'approve',
  'waive',
  'inspect',
  'see',
  'import',
  'administer',
] as const;

export type Right = (typeof RIGHTS)[number];

/** When a message is mailed besides lying in the inbox. */
export type MailWhen = 'at_once' | 'in_budget' | 'in_digest' | 'never';

export const MESSAGE_KINDS = [
  'demand',
  'reminder',
  'notice',
  'evidence_to_accept',
  'evidence_settled',
  'approval_to_give',
  'approval_settled',
  'finding_to_answer',
  'coaching',
  'task',
  'handed_over',
  'digest',
] as const;

export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** How much of a person's day their inbox may take. */
export interface Inbox {
  /** `at_once`: whatever the hour. `in_budget`: at once within the budget and outside quiet hours, else in the digest. */
  readonly mail: Readonly<Record<MessageKind, MailWhen>>;
  /** Mails a day, digests not counted; absent: no limit. */
  readonly budget?: number;
  /** Minutes from midnight, on working days; none: there are no digests. */
  readonly digests: readonly number[];
  /** Minutes from midnight; `from` after `to` goes on past midnight. Days off are quiet as a whole. */
  readonly quiet?: { readonly from: number; readonly to: number };
}

export interface Post {
  readonly role: string;
  readonly title: Text;
  /** The role that reports to this one. */
  readonly manages?: string;
  readonly may: readonly Right[];
  /** Whose cases the rights reach: one's own, those of everybody below in the reporting line (and one's own), or all. */
  readonly over: 'own' | 'team' | 'all';
  /** Whose days and hours count for its holders; absent: that of the whole organisation. */
  readonly calendar?: string;
  readonly inbox?: Inbox;
  /** Where it stands in the company: the decision layer, the manager layer, … */
  readonly layer?: Text;
  /** What it answers for; absent, as in sets published before: not written down. */
  readonly duties?: readonly Text[];
  /** How its work goes, step by step. */
  readonly process?: readonly Text[];
  /** How much it may approve; absent: nothing. */
  readonly authority?: Limits;
  readonly at: At;
}

export interface Roles {
  readonly roles: string;
  readonly title?: Text;
  readonly calendar?: string;
  /** Absent in sets published before inboxes could be set. */
  readonly inbox?: Inbox;
  /** What authority is measured by, in the order written; absent: nobody has any. */
  readonly authority?: readonly Dimension[];
  readonly posts: readonly Post[];
  readonly at: At;
}

/** Posts and their rights. */

import type { At, Text } from './text.ts';

/** Rights are named like the commands they allow; `import`, `see` and `administer` have no command of that name. */
export const RIGHTS = [
  'open',
  'set_facts',
  'log_activity',
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
  'see',
  'import',
  'administer',
] as const;

export type Right = (typeof RIGHTS)[number];

export interface Post {
  readonly role: string;
  readonly title: Text;
  /** The role that reports to this one. */
  readonly manages?: string;
  readonly may: readonly Right[];
  /** Whose cases the rights reach: one's own, those of everybody below in the reporting line (and one's own), or all. */
  readonly over: 'own' | 'team' | 'all';
  readonly at: At;
}

export interface Roles {
  readonly roles: string;
  readonly title?: Text;
  readonly posts: readonly Post[];
  readonly at: At;
}

/** What a case knows of those it started and of the one that started it: plain JSON, kept in its state. */

import type { Bond } from '../../playbook/start.ts';
import type { At, Text } from '../../playbook/text.ts';

/** Where a case stands, as it tells its parent. */
export interface Standing {
  /** The one it walks now; it may have moved since it was started. */
  readonly pipeline: string;
  readonly stage: string;
  readonly status: 'open' | 'won' | 'lost';
  readonly finished: boolean;
  readonly owner: string;
}

/** Numbered by the child, so that older news never undo newer ones. */
export interface News extends Standing {
  readonly n: number;
}

/** Why a child could not begin: reasons of its own rules, without values of its facts. */
export interface Hindrance {
  readonly code: string;
  readonly message: Text;
  readonly about?: string;
}

/** One of the cases that this one started. */
export interface Child extends Bond {
  /** The pipeline it was started in: conditions look for it there, wherever it moves. */
  readonly pipeline: string;
  /** What tells it from others of the same pipeline. */
  readonly key?: string;
  /** The row of `for_each` that it was started for, counted from 0. */
  readonly row?: number;
  /** Whom it was started for. */
  readonly owner: string;
  /** The `start` in the playbook. */
  readonly rule: At;
  /** Absent until it has told that it is there. */
  readonly news?: News;
  /** Present while it could not begin. */
  readonly refused?: readonly Hindrance[];
}

/** The case that started this one. */
export interface Parent {
  readonly case: string;
  /** What the first case of the line is called: what all of them are about. */
  readonly about: string;
  /** What it was last told. */
  readonly told?: News;
  /** Its loss closed this case. */
  readonly closed_this?: true;
}

/** What happened to the parent, as its children hear it. */
export type ParentChange =
  /** `close`: the reason to close for; absent: go on. */
  | { readonly change: 'lost'; readonly close?: string }
  | { readonly change: 'reopened' }
  | { readonly change: 'handed_over'; readonly from: string; readonly to: string };

/** The state of a case: plain JSON, holding only what `decide` needs. */

import type { ApprovalRecord } from '../parts/approval/record.ts';
import type { Value } from '../playbook/value.ts';
import type { Instant } from '../time/instant.ts';
import type { Child, Parent } from './children/family.ts';
import type { HeldChange } from './crm-change.ts';
import type { FindingEntry } from './findings/finding.ts';
import type { WaiverEntry } from './waivers/waiver.ts';

export interface FactEntry {
  readonly value: Value;
  readonly set_at: Instant;
  readonly by: string;
  /** A mark such as `estimated`, kept with imported values. */
  readonly mark?: string;
}

export type EvidenceStatus = 'submitted' | 'accepted' | 'rejected' | 'withdrawn';

export interface EvidenceEntry {
  readonly status: EvidenceStatus;
  readonly fields: Readonly<Record<string, Value>>;
  readonly submitted_by: string;
  readonly submitted_at: Instant;
  /** Who owned the case then, where somebody else submitted: giving the case away makes it no less their own. */
  readonly submitted_for?: string;
  /** Who was last asked to accept it; absent: nobody was, or it is not remembered. */
  readonly asked?: readonly string[];
  /** Who accepted, rejected or withdrew it, and when; absent while submitted. */
  readonly settled_by?: string;
  readonly settled_at?: Instant;
}

/** An answer by a person to a question of a decision, on the path last taken. */
export interface DecisionAnswer {
  readonly answer: string;
  readonly by: string;
  readonly at: Instant;
}

export interface DecisionEntry {
  /** What it last came to; what it comes to now is judged with the facts as they are. */
  readonly outcomes: readonly string[];
  /** Question → answer; empty where the facts alone say it. Earlier ones stand in the journal. */
  readonly answers: Readonly<Record<string, DecisionAnswer>>;
  readonly decided_at: Instant;
  /** Questions whose answers no longer stand, since when, why, and who was asked. */
  readonly asked_again?: AskedAgain;
}

export interface AskedAgain {
  readonly since: Instant;
  readonly because: 'facts' | 'time';
  readonly questions: readonly string[];
  /** The facts that changed. */
  readonly facts: readonly string[];
  readonly asked: readonly string[];
}

export interface TaskEntry {
  readonly title: string;
  readonly owner: string;
  /** Absent: planned without a date. */
  readonly due_at?: Instant;
  readonly done_at?: Instant;
}

/** A stretch in which the stall clock stands; open while `to` is absent. */
export interface Pause {
  readonly from: Instant;
  readonly to?: Instant;
  readonly why: 'condition' | 'snooze';
}

/** The clock of one stay in a stage. */
export interface Clock {
  readonly entered_at: Instant;
  /** The last activity, or where the clock of inactivity starts. */
  readonly last_activity_at: Instant;
  readonly pauses: readonly Pause[];
  readonly stall?: Stall;
  /** When the last stall of this stay ended: a timebox that was over by then starts no second one. */
  readonly stall_ended_at?: Instant;
  /** The end of the day on which a pushed case promised its next step; an activity keeps the promise. */
  readonly next_step_by?: Instant;
}

export interface Stall {
  readonly ladder: string;
  readonly cause: 'timebox' | 'no_activity' | 'due';
  readonly started_at: Instant;
  /** How many rungs have fired; they fire in order. */
  readonly fired: number;
  /** The top rung has demanded a decision that is not yet given. */
  readonly demanded: boolean;
  /** Who has been told of it, and of whom the decision was last demanded; absent: it is not remembered. */
  readonly told?: readonly string[];
  readonly asked?: readonly string[];
}

/** Evidence or a decision taken on trust (an import at a late stage), owed by a date. */
export type Debt = { readonly stage: string; readonly due_on: string } & (
  | { readonly evidence: string; readonly decision?: never }
  | { readonly decision: string; readonly evidence?: never }
);

export interface CaseState {
  readonly state_version: 1;
  readonly case: string;
  readonly title: string;
  readonly pipeline: string;
  /** Hash of the pinned rules. */
  readonly rules: string;
  readonly status: 'open' | 'won' | 'lost';
  /** Nothing more is expected of it. A won case may still run (delivery). */
  readonly finished: boolean;
  readonly finish_reason?: string;
  /** Won or closed elsewhere, when it was first seen or behind our back: no gate of ours was passed. */
  readonly ungated: boolean;
  /** The import that chose the pipeline: its `applies_when` is not asked until the case is moved. */
  readonly placed_by?: string;
  readonly stage: string;
  /** Support is counted from here: the stage at which the case was allowed to open. */
  readonly opened_stage: string;
  readonly opened_at: Instant;
  readonly owner: string;
  readonly facts: Readonly<Record<string, FactEntry>>;
  readonly evidence: Readonly<Record<string, EvidenceEntry>>;
  /** By id, those that were ever asked for; absent: none was. */
  readonly approvals?: Readonly<Record<string, ApprovalRecord>>;
  /** By `kind name`, those that were ever granted and what became of them; absent: none was. */
  readonly waivers?: Readonly<Record<string, WaiverEntry>>;
  /** By decision; absent before the first. */
  readonly decisions?: Readonly<Record<string, DecisionEntry>>;
  /** By finding, what was ever found about it; absent: nothing was. */
  readonly findings?: Readonly<Record<string, FindingEntry>>;
  /** Evidence that a rung required beyond the stage's own, until the next advance. */
  readonly required: readonly string[];
  readonly tasks: Readonly<Record<string, TaskEntry>>;
  /** Kind of activity → when last; `evidence` and `task` stand for evidence submitted and tasks completed. */
  readonly activities: Readonly<Record<string, Instant>>;
  readonly clock: Clock;
  /** The last inspection, and the task of the next step agreed in it; absent: there was none. */
  readonly inspection?: { readonly at: Instant; readonly by: string; readonly task: string };
  readonly flags: readonly string[];
  readonly debts: readonly Debt[];
  /** The CRM moved or closed it, and somebody must decide: nothing moves until then. */
  readonly held?: HeldChange;
  /** The case that started this one. */
  readonly parent?: Parent;
  /** Cases that this one started, by id; absent: none. */
  readonly children?: Readonly<Record<string, Child>>;
  /** The latest instant an event carried; time never goes back. */
  readonly last_at: Instant;
}

/** What happened to a case. An event carries all that is needed to apply it, without a playbook. */

import type { PathStep } from '../parts/decision.ts';
import type { Bond } from '../playbook/start.ts';
import type { At, Text } from '../playbook/text.ts';
import type { Value } from '../playbook/value.ts';
import type { Who } from '../playbook/who.ts';
import type { Instant, Stretch } from '../time/instant.ts';
import type { ApprovalEvent } from './approvals/approval-event.ts';
import type { Hindrance, News, ParentChange } from './children/family.ts';
import type { ChangePolicy, CrmPosition } from './crm-change.ts';
import type { FindingEvent } from './findings/finding.ts';
import type { Reason } from './outcome.ts';
import type { Debt, DecisionAnswer, EvidenceEntry, FactEntry, TaskEntry } from './state.ts';
import type { WaiverEvent } from './waivers/waiver-event.ts';

interface Stamp {
  /** Version of this event's shape. */
  readonly v: 1;
  readonly at: Instant;
  /** A person or `system`. */
  readonly by: string;
}

export type CaseEvent = Stamp &
  (
    | {
        readonly event: 'case_opened';
        readonly case: string;
        readonly title: string;
        readonly pipeline: string;
        readonly rules: string;
        readonly stage: string;
        /** Where support is counted from, when that is not `stage`: imports in mid-course. */
        readonly opened_stage?: string;
        readonly owner: string;
        /** The plot it lies in, where its owner follows from that; `named`: a named account. */
        readonly plot?: string;
        readonly opened_at: Instant;
        readonly facts: Readonly<Record<string, FactEntry>>;
        readonly debts: readonly Debt[];
        readonly ungated: boolean;
        readonly source?: string;
        /** Of imports in mid-course: when it entered its stage, what was last done, and the stages it came through. */
        readonly entered_at?: Instant;
        readonly last_activity_at?: Instant;
        readonly history?: readonly { readonly stage: string; readonly at: Instant }[];
        /** The case that started this one, and what all of that line are about. */
        readonly parent?: { readonly case: string; readonly about: string };
      }
    /** A cleared fact has no entry: it stands in `cleared`. */
    | {
        readonly event: 'facts_set';
        readonly facts: Readonly<Record<string, FactEntry>>;
        readonly cleared: readonly string[];
      }
    | {
        readonly event: 'activity_logged';
        readonly activity: string;
        readonly happened_at: Instant;
        readonly note?: string;
      }
    | { readonly event: 'evidence_submitted'; readonly evidence: string; readonly entry: EvidenceEntry }
    | { readonly event: 'evidence_accepted'; readonly evidence: string; readonly note?: string }
    | { readonly event: 'evidence_rejected'; readonly evidence: string; readonly reason: string }
    | { readonly event: 'evidence_withdrawn'; readonly evidence: string; readonly reason?: string }
    /** A decision came to an outcome: by answers, or because facts changed. */
    | {
        readonly event: 'decision_made';
        readonly decision: string;
        readonly outcomes: readonly string[];
        /** What it came to before, where it did. */
        readonly before: readonly string[];
        /** Outcomes that are new, and whose actions are done; none of a case that an import begins. */
        readonly begun: readonly string[];
        /** Of a tree: every question on the way, and who or what answered. */
        readonly path: readonly PathStep[];
        /** Answers by people that the outcome rests on. */
        readonly answers: Readonly<Record<string, DecisionAnswer>>;
        /** Of a table: the rows that hold. */
        readonly rows: readonly number[];
        /** Who was asked for it, and need be no longer. */
        readonly asked: readonly string[];
        readonly note?: string;
        readonly rule: At;
      }
    /** Answers that no longer stand: a fact behind them changed, or they are too old. */
    | {
        readonly event: 'decision_asked_again';
        readonly decision: string;
        readonly because: 'facts' | 'time';
        readonly questions: readonly string[];
        readonly facts: readonly string[];
        readonly asked: readonly string[];
        readonly rule: At;
      }
    | {
        readonly event: 'stage_entered';
        readonly from: string;
        readonly stage: string;
        readonly because:
          | 'advance'
          | 'fall_back'
          | 'support_lost'
          | 'resolve'
          | 'inspect'
          | 'reopen'
          | 'changed_outside';
        readonly reason?: string;
        /** Present when falling back to before the win undoes it. */
        readonly status?: 'open';
      }
    | { readonly event: 'task_planned'; readonly task: string; readonly entry: TaskEntry }
    | { readonly event: 'task_completed'; readonly task: string; readonly note?: string }
    | { readonly event: 'pause_started'; readonly why: 'condition' }
    | { readonly event: 'pause_ended'; readonly why: 'condition' }
    | { readonly event: 'snoozed'; readonly until: Instant; readonly reason: string }
    | {
        readonly event: 'stall_started';
        readonly ladder: string;
        readonly cause: 'timebox' | 'no_activity' | 'due';
        readonly started_at: Instant;
      }
    | {
        readonly event: 'rung_fired';
        readonly ladder: string;
        /** Index of the rung; those missed before it are in `folded`. */
        readonly rung: number;
        readonly folded: readonly number[];
        readonly due_at: Instant;
        readonly counted: readonly Stretch[];
        readonly paused: readonly Stretch[];
        readonly demanded: boolean;
        /** An import reached this rung: people hear of it in one digest instead of a message each. */
        readonly in_digest: boolean;
        /** Who hears of it, and of whom a decision is demanded; absent in entries from before this was remembered. */
        readonly told?: readonly string[];
        readonly asked?: readonly string[];
        /** The rule in the playbook. */
        readonly rule: At;
      }
    | {
        readonly event: 'stall_ended';
        readonly because: 'activity' | 'advance' | 'resolve' | 'fall_back' | 'hand_over' | 'closed' | 'moved';
        /** The end of the day of the promised next step, when the case was pushed. */
        readonly next_step_by?: Instant;
        /** Who was told of the stall: there is nothing left for them to do. */
        readonly told?: readonly string[];
      }
    | {
        readonly event: 'demand_resolved';
        readonly way: string;
        readonly with: Readonly<Record<string, Value>>;
        readonly fields: Readonly<Record<string, Value>>;
      }
    | { readonly event: 'evidence_required'; readonly evidence: string }
    | { readonly event: 'flagged'; readonly flag: string }
    | {
        readonly event: 'gate_noted';
        readonly gate: string;
        readonly mode: 'shadow' | 'warn';
        readonly otherwise: Text;
        readonly reasons: readonly Reason[];
      }
    | {
        readonly event: 'pipeline_moved';
        readonly from: string;
        readonly to: string;
        readonly rules: string;
        readonly stage: string;
        readonly opened_stage: string;
        readonly dropped_facts: readonly string[];
        /** Accepted evidence that the new pipeline wants accepted by others. */
        readonly waiting_again: readonly string[];
        /** Decisions that the new pipeline takes in the same way; absent: none. */
        readonly kept_decisions?: readonly string[];
        readonly reason?: string;
      }
    | {
        readonly event: 'changed_outside';
        readonly policy: ChangePolicy;
        /** The mapping. */
        readonly source: string;
        readonly was: CrmPosition;
        readonly now: CrmPosition;
        /** Who must decide, where the case is held for that, and whom that meant then. */
        readonly asks: Who;
        readonly asked: readonly string[];
        readonly debt_due_on: string;
      }
    | {
        readonly event: 'change_settled';
        readonly take: 'ours' | 'crm';
        readonly now: CrmPosition;
        /** Who was asked, and need be no longer. */
        readonly asked: readonly string[];
        readonly reason?: string;
      }
    | { readonly event: 'debts_owed'; readonly debts: readonly Debt[] }
    | {
        readonly event: 'handed_over';
        readonly from: string;
        readonly to: string;
        readonly reason?: string;
        /** Present where it had to be, as the owner has left. */
        readonly because?: 'left';
      }
    /** A task of somebody who has left, in a case of somebody else's. */
    | { readonly event: 'task_handed_over'; readonly task: string; readonly from: string; readonly to: string }
    /** Other people than before are asked for evidence that waits, for a decision's or a finding's answers, or (neither) for what a ladder demands. */
    | {
        readonly event: 'asked';
        readonly evidence?: string;
        readonly decision?: string;
        readonly finding?: string;
        readonly people: readonly string[];
        readonly before: readonly string[];
      }
    /** A manager went through the case: what was settled by it stands in the events before. */
    | {
        readonly event: 'inspected';
        readonly accepted: readonly string[];
        readonly rejected: readonly string[];
        /** The next step agreed, and the end of its day. */
        readonly task: string;
        readonly next_step_by: Instant;
        readonly note?: string;
      }
    | ApprovalEvent
    | WaiverEvent
    | FindingEvent
    /** A case of its own begins, or is tried again: what it is told stands in no entry of this one. */
    | ({
        readonly event: 'child_started';
        readonly child: string;
        readonly pipeline: string;
        readonly key?: string;
        readonly row?: number;
        readonly owner: string;
        /** The `start` in the playbook. */
        readonly rule: At;
      } & Bond)
    /** What a child told of itself. */
    | { readonly event: 'child_changed'; readonly child: string; readonly news: News }
    /** It could not begin. */
    | { readonly event: 'child_refused'; readonly child: string; readonly because: readonly Hindrance[] }
    | { readonly event: 'parent_told'; readonly parent: string; readonly news: News }
    /** `closes`: this case is closed by it. */
    | { readonly event: 'parent_changed'; readonly change: ParentChange['change']; readonly closes: boolean }
    /**
     * `happened_at`: when the world saw it, known of imported cases only. `ungated`: no gate of ours was passed by it, or,
     * where that was so before, that they are now; absent: as it was.
     */
    | { readonly event: 'won'; readonly note?: string; readonly happened_at?: Instant; readonly ungated?: boolean }
    | { readonly event: 'lost'; readonly reason: string; readonly note?: string; readonly happened_at?: Instant }
    | { readonly event: 'finished' }
    /** The stage stays; `status` follows from it: won only where the winning stage lies behind. */
    | { readonly event: 'reopened'; readonly reason: string; readonly status: 'open' | 'won' }
  );

export type CaseEventName = CaseEvent['event'];

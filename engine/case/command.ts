/** The commands a case takes. `decide` trusts only the envelope; the body is checked against the playbook. */

import type { DemandWay } from '../playbook/ladder.ts';
import type { Who } from '../playbook/who.ts';
import type { Instant } from '../time/instant.ts';
import type { ApprovalCommand } from './approvals/approval-command.ts';
import type { Hindrance, News, ParentChange } from './children/family.ts';
import type { ChangePolicy, CrmPosition } from './crm-change.ts';
import type { FindingCommand } from './findings/finding.ts';
import type { WaivableKind } from './waivers/waiver.ts';

/** Answers and values as they come over the wire; parsed against the playbook's types by `decide`. */
export type RawValues = Readonly<Record<string, unknown>>;

export type CaseCommand =
  | {
      readonly command: 'open';
      readonly title: string;
      /** Absent: the one pipeline whose `applies_when` holds. */
      readonly pipeline?: string;
      readonly stage?: string;
      /** Absent: the actor. */
      readonly owner?: string;
      readonly facts?: RawValues;
      readonly tasks?: readonly { readonly title: string; readonly due_on?: string }[];
      /** From the case that starts this one only. */
      readonly parent?: { readonly case: string; readonly about: string };
      /** Set by imports only (right `import`). */
      readonly imported?: Imported;
    }
  | { readonly command: 'set_facts'; readonly facts: RawValues }
  | {
      readonly command: 'log_activity';
      readonly activity: string;
      readonly note?: string;
      readonly happened_on?: string;
    }
  | { readonly command: 'submit_evidence'; readonly evidence: string; readonly fields?: RawValues }
  | { readonly command: 'withdraw_evidence'; readonly evidence: string; readonly reason?: string }
  | { readonly command: 'accept_evidence'; readonly evidence: string; readonly note?: string }
  | { readonly command: 'reject_evidence'; readonly evidence: string; readonly reason: string }
  /** The questions of a decision's tree, as far as neither facts nor answers that still stand have settled them. */
  | {
      readonly command: 'answer';
      readonly decision: string;
      /** Question → answer. */
      readonly answers: Readonly<Record<string, string>>;
      readonly note?: string;
    }
  /** To the next stage, or on to `to` where each skipped gate holds; leaving the last stage finishes the case. */
  | { readonly command: 'advance'; readonly to?: string }
  | { readonly command: 'fall_back'; readonly to: string; readonly reason: string }
  | {
      readonly command: 'plan_task';
      readonly task?: string;
      readonly title: string;
      readonly due_on?: string;
      readonly owner?: string;
    }
  | { readonly command: 'complete_task'; readonly task: string; readonly note?: string }
  /** Pauses the stall clock from now through the day `until`, within the pause budget. */
  | { readonly command: 'snooze'; readonly until: string; readonly reason: string }
  | { readonly command: 'resolve'; readonly way: DemandWay; readonly with?: RawValues; readonly fields?: RawValues }
  | { readonly command: 'move_pipeline'; readonly to: string; readonly reason?: string }
  | { readonly command: 'hand_over'; readonly to: string; readonly reason?: string }
  /**
   * From a person's entity only: somebody on whom the case may depend is away, back, placed elsewhere or gone. What was
   * theirs goes to their successor, or to whoever stands above them; who is meant now is asked for what still waits.
   */
  | { readonly command: 'people_changed'; readonly person: string; readonly successor?: string }
  | { readonly command: 'close'; readonly as: 'won' | 'lost'; readonly reason?: string; readonly note?: string }
  | { readonly command: 'reopen'; readonly reason: string }
  /** From an import only: the CRM moved or closed the case behind our back. */
  | {
      readonly command: 'note_change';
      readonly policy: ChangePolicy;
      /** The mapping. */
      readonly source: string;
      /** What the export said before, and what it says now. */
      readonly was: CrmPosition;
      readonly now: CrmPosition;
      /** Who decides, where the policy is `quarantine`. */
      readonly asks: Who;
      readonly debt_due_on?: string;
    }
  /** The decision that such a change waits for: ours stands, or the CRM is followed. */
  | { readonly command: 'settle_change'; readonly take: 'ours' | 'crm'; readonly reason?: string }
  | ApprovalCommand
  /**
   * What a manager settles in an inspection, in one act: evidence accepted and rejected, the case sent back to the stage
   * that its evidence supports, and the next step, with a date and an owner.
   */
  | {
      readonly command: 'inspect';
      readonly accept?: readonly string[];
      readonly reject?: readonly { readonly evidence: string; readonly reason: string }[];
      readonly send_back?: boolean;
      readonly note?: string;
      readonly next_step: { readonly title: string; readonly due_on: string; readonly owner?: string };
    }
  /** Lets the case pass without a milestone or a gate through the day `until`; `owner`, the case's when absent, answers for it. */
  | {
      readonly command: 'waive';
      readonly kind: WaivableKind;
      readonly name: string;
      readonly until: string;
      readonly reason: string;
      readonly owner?: string;
    }
  | {
      readonly command: 'withdraw_waiver';
      readonly kind: WaivableKind;
      readonly name: string;
      readonly reason?: string;
    }
  | FindingCommand
  /** From a case that this one started only: where it stands, or why it could not begin. */
  | { readonly command: 'child_changed'; readonly child: string; readonly news: News }
  | { readonly command: 'child_refused'; readonly child: string; readonly because: readonly Hindrance[] }
  /** From the case that started this one only. */
  | { readonly command: 'parent_changed'; readonly told: ParentChange }
  /** Once more, for a child that could not begin. */
  | { readonly command: 'start_again'; readonly child: string }
  /** From the timer only: let the clocks catch up. */
  | { readonly command: 'wake' };

/** What an import knows of a case's past. Instants may lie before `now`; nothing else may. */
export interface Imported {
  readonly source: string;
  readonly opened_at?: Instant;
  /** When it entered the stage it stands in; absent: when it was opened. */
  readonly entered_at?: Instant;
  readonly last_activity_at?: Instant;
  /** The stages it entered elsewhere, oldest first: kept in the journal, judged by nothing. */
  readonly history?: readonly { readonly stage: string; readonly at: Instant }[];
  readonly closed?: { readonly as: 'won' | 'lost'; readonly reason?: string; readonly at?: Instant };
  /** Fact → mark, for values that were not in the export itself. */
  readonly marks?: Readonly<Record<string, string>>;
  /** Owed evidence falls due on this day. */
  readonly debt_due_on?: string;
}

export type CommandName = CaseCommand['command'];

export interface CommandEnvelope<C = CaseCommand> {
  /** Unique for its entity for ever; a repeat gets the first reply. */
  readonly id: string;
  /** A person, or `system` for timers and other entities. */
  readonly actor: string;
  readonly body: C;
  /** The sender's time, when it has one; decisions are never earlier. */
  readonly sent_at?: Instant;
}

/** A case as one sees it when one opens it: state with titles, clocks that show their work, what is owed. */

import type { Truth } from '../../engine/condition/result.ts';
import type { DemandWay } from '../../engine/playbook/ladder.ts';
import type { At, Text } from '../../engine/playbook/text.ts';
import type { Value, ValueType } from '../../engine/playbook/value.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { PersonRef } from './person-ref.ts';

export interface FactView {
  readonly fact: string;
  readonly title: Text;
  readonly type: ValueType;
  readonly value?: Value;
  readonly shown?: Text;
  readonly derived: boolean;
  readonly mark?: string;
  readonly set_at?: Instant;
  readonly by?: string;
}

export type EvidenceStanding = 'accepted' | 'stale' | 'submitted' | 'rejected' | 'withdrawn' | 'missing' | 'owed';

export interface EvidenceView {
  readonly evidence: string;
  readonly title: Text;
  /** The stage that declares it; absent for a gate's own. */
  readonly stage?: string;
  readonly standing: EvidenceStanding;
  /** Asked for by a rung, beyond what the stage asks. */
  readonly required: boolean;
  readonly fields?: Readonly<Record<string, Value>>;
  readonly submitted_by?: PersonRef;
  readonly submitted_at?: Instant;
  readonly settled_by?: PersonRef;
  readonly settled_at?: Instant;
  readonly fresh_until?: Instant;
  /** People who may accept it; present while it waits. */
  readonly can_accept?: readonly PersonRef[];
  readonly rule: At;
}

export interface MilestoneView {
  readonly milestone: string;
  readonly title: Text;
  readonly truth: Truth;
  readonly rule: At;
}

export interface RungView {
  readonly after: Text;
  readonly does: readonly Text[];
  readonly fired: boolean;
  /** Of the next rung only: the due times of later ones can still move. */
  readonly due_at?: Instant;
  readonly rule: At;
}

export interface StallView {
  readonly ladder: string;
  readonly title: Text;
  readonly cause: 'timebox' | 'no_activity';
  readonly started_at: Instant;
  /** Working days. */
  readonly days: number;
  readonly rungs: readonly RungView[];
  readonly demand?: {
    readonly of: readonly PersonRef[];
    readonly ways: Readonly<Partial<Record<DemandWay, readonly string[]>>>;
  };
}

export interface ClockView {
  readonly entered_at: Instant;
  /** Working days of the pipeline's calendar, to one decimal. */
  readonly days_in_stage: number;
  readonly timebox?: { readonly length: Text; readonly ends_at: Instant; readonly is_over: boolean };
  readonly last_activity_at: Instant;
  readonly paused?: { readonly why: 'condition' | 'snooze'; readonly until?: Instant };
  readonly stall?: StallView;
  /** When the clocks next do something by themselves. */
  readonly wakes_at?: Instant;
  /** The calendar does not reach this far: later dates are counted by weekday alone. */
  readonly provisional: boolean;
}

export interface CaseDetail {
  readonly case: string;
  readonly title: string;
  readonly status: 'open' | 'won' | 'lost';
  readonly finished: boolean;
  readonly finish_reason?: string;
  readonly ungated: boolean;
  readonly pipeline: string;
  readonly pipeline_title: Text;
  /** Of the calendar it counts in. */
  readonly zone: string;
  /** Hash of the rules it is pinned to, and whether newer ones are published. */
  readonly rules: string;
  readonly rules_current: boolean;
  readonly stage: string;
  readonly stage_title: Text;
  readonly success_rate: number;
  /** The stage is the `position`th `of` so many, counted from 1. */
  readonly position: number;
  readonly of: number;
  readonly owner: PersonRef;
  readonly manager?: PersonRef;
  readonly opened_at: Instant;
  readonly opened_stage: string;
  readonly facts: readonly FactView[];
  readonly milestones: readonly MilestoneView[];
  readonly evidence: readonly EvidenceView[];
  readonly clock: ClockView;
  readonly debts: readonly {
    readonly evidence: string;
    readonly title: Text;
    readonly stage: string;
    readonly due_on: string;
    readonly is_over: boolean;
  }[];
  readonly tasks: readonly {
    readonly task: string;
    readonly title: string;
    readonly owner: PersonRef;
    readonly due_at?: Instant;
    readonly done_at?: Instant;
    readonly is_overdue: boolean;
  }[];
  readonly flags: readonly string[];
}

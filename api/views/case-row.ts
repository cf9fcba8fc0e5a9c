/** A case as a line of a list: what somebody scanning many of them wants to see. */

import type { Text } from '../../engine/playbook/text.ts';
import type { Money } from '../../engine/playbook/value.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { PersonRef } from './person-ref.ts';

export interface CaseRow {
  readonly case: string;
  readonly title: string;
  readonly pipeline: string;
  readonly pipeline_title: Text;
  readonly stage: string;
  readonly stage_title: Text;
  readonly status: 'open' | 'won' | 'lost';
  readonly finished: boolean;
  /** Imported already closed: no gate of ours was passed. */
  readonly ungated: boolean;
  readonly owner: PersonRef;
  readonly manager?: PersonRef;
  readonly amount?: Money & { readonly mark?: string };
  readonly opened_at: Instant;
  readonly entered_at: Instant;
  /** Working days of the pipeline's calendar, to one decimal. */
  readonly days_in_stage: number;
  readonly last_activity_at: Instant;
  readonly stall?: {
    readonly since: Instant;
    readonly cause: string;
    readonly days: number;
    readonly rungs_fired: number;
    readonly demanded: boolean;
  };
  readonly flags: readonly string[];
  /** Pieces of evidence that wait for acceptance. */
  readonly to_accept: number;
  readonly debts: number;
  readonly debt_due_on?: string;
  readonly updated_at: Instant;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Give it as `cursor` for the page after this one; absent: this was the last. */
  readonly next_cursor?: string;
}

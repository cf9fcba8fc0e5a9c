/** A pipeline: the stages a case walks through, and what each stage asks. */

import type { Duration } from '../time/duration.ts';
import type { EntryAction } from './action.ts';
import type { Condition } from './condition.ts';
import type { At, Text } from './text.ts';
import type { Fact, Field } from './value.ts';
import type { WaiverRule } from './waiver.ts';
import type { Who } from './who.ts';

/** Kinds of activity every pipeline has; a pipeline adds its own. */
export const ACTIVITIES = ['call', 'visit', 'meeting', 'mail', 'other'] as const;

export interface EvidenceRule {
  readonly evidence: string;
  readonly title: Text;
  readonly fields: readonly Field[];
  /** Absent: accepted on submission. Never one's own, whoever it names. */
  readonly accepted_by?: Who;
  readonly fresh_for?: Duration;
  readonly at: At;
}

export interface Milestone {
  readonly milestone: string;
  readonly title: Text;
  readonly when: Condition;
  /** How it may be waived; absent: not at all. */
  readonly waiver?: WaiverRule;
  readonly at: At;
}

export interface Stage {
  readonly stage: string;
  readonly title: Text;
  /** A fraction: 10 % is 0.1. */
  readonly success_rate: number;
  readonly purpose?: Text;
  readonly timebox?: Duration;
  /** Instead: the first whose condition holds; none where none does. */
  readonly timeboxes?: readonly { readonly when?: Condition; readonly is: Duration; readonly at: At }[];
  readonly ladder?: string;
  readonly evidence: readonly EvidenceRule[];
  readonly milestones: readonly Milestone[];
  readonly questions?: { readonly weak: Text; readonly strong: Text };
  readonly actions: readonly Text[];
  /** Done whenever a case comes into the stage going forward, or opens in it. Absent in sets published before there was any. */
  readonly on_enter?: readonly EntryAction[];
  readonly enter_when?: Condition;
  readonly leave_when?: Condition;
  readonly at: At;
}

/** A question of an inspection, and what of the record is laid beside it. */
export interface InspectionQuestion {
  readonly shows: 'progress' | 'evidence' | 'next_step' | 'plan';
  readonly ask: Text;
}

export interface Pipeline {
  readonly pipeline: string;
  readonly title: Text;
  readonly why?: Text;
  readonly subject: string;
  /** When it turns false the case must move to a pipeline that applies before it can advance or be won. */
  readonly applies_when?: Condition;
  readonly calendar: string;
  /** alias set → stage → name. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, Text>>>>;
  readonly facts: Readonly<Record<string, Fact>>;
  /** Kinds of activity that `log_activity` takes, besides those every pipeline has (call, visit, meeting, mail, other). */
  readonly activities: Readonly<Record<string, Text>>;
  /** Stages a case may open at; the first is the default. */
  readonly open_at: readonly { readonly stage: string; readonly when?: Condition; readonly at: At }[];
  /** Leaving this stage wins the case; absent: leaving the last stage does. */
  readonly won_on_leaving?: string;
  /** Done when a case is won, not where an import brings one that was won elsewhere. */
  readonly on_win?: readonly EntryAction[];
  readonly lost_reasons: Readonly<Record<string, Text>>;
  /** What a manager asks, in order. Wording: it judges nothing. */
  readonly inspection?: readonly InspectionQuestion[];
  readonly close_when?: { readonly won?: Condition; readonly lost?: Condition };
  readonly stages: readonly Stage[];
  readonly at: At;
}

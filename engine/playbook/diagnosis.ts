/** A diagnosis: what is watched for, and what becomes of it when it is found. It judges nothing, so no case is pinned to it. */

import type { MeasureId } from '../measure/catalogue.ts';
import type { Duration } from '../time/duration.ts';
import type { Action } from './action.ts';
import type { Condition } from './condition.ts';
import type { At, Text } from './text.ts';
import type { Value } from './value.ts';
import type { WaitingRung } from './waiting-rung.ts';
import type { Who } from './who.ts';

export const FINDING_CLASSES = ['market', 'customer', 'people', 'process'] as const;
export type FindingClass = (typeof FINDING_CLASSES)[number];

export const CLASS_TITLES: Readonly<Record<FindingClass, Text>> = {
  market: { zh: '市场', en: 'Market' },
  customer: { zh: '客户', en: 'Customer' },
  people: { zh: '人员', en: 'People' },
  process: { zh: '做法', en: 'How the work is done' },
};

/** What a finding says and asks, whatever it is found about. */
export interface FindingQuestion {
  /** One in the whole set. */
  readonly finding: string;
  readonly class: FindingClass;
  readonly title: Text;
  /** Found where this is true, and nothing less. */
  readonly when: Condition;
  readonly causes: readonly Text[];
  readonly prescription: Text;
  readonly owner: Who;
  /** The time there is to answer; when it is over, those asked are reminded. */
  readonly respond_within?: Duration;
  readonly rungs: readonly WaitingRung[];
  /** Absent: once answered, it is not found again while nothing has changed. */
  readonly again_after?: Duration;
  readonly at: At;
}

export interface FindingRule extends FindingQuestion {
  readonly do: readonly Action[];
  readonly on_respond: readonly Action[];
}

export interface Diagnosis {
  readonly diagnosis: string;
  /** SHA-256 over what judges in it: wording and line numbers never change it. */
  readonly hash: string;
  readonly title: Text;
  readonly why?: Text;
  readonly of: 'case';
  readonly applies_to: readonly string[];
  readonly findings: readonly FindingRule[];
  readonly at: At;
}

/** What a field of a proposed flow is filled with: `days`, the day so long after. */
export type Proposed =
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'fact'; readonly fact: string }
  | { readonly kind: 'days'; readonly after: Duration };

/** A finding about a person, by their measures. */
export interface RepFindingRule extends FindingQuestion {
  /** The flow that accepting it opens, with answers that stand there until somebody gives others. */
  readonly proposes?: { readonly coaching: string; readonly with: Readonly<Record<string, Proposed>> };
  /** The measures that the condition looks at, in the order it does. */
  readonly measures: readonly MeasureId[];
}

/** Watches people: `applies_to` are posts. */
export interface RepDiagnosis {
  readonly diagnosis: string;
  readonly hash: string;
  readonly title: Text;
  readonly why?: Text;
  readonly of: 'rep';
  readonly applies_to: readonly string[];
  readonly findings: readonly RepFindingRule[];
  readonly at: At;
}

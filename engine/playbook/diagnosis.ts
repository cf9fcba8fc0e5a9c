/** A diagnosis: what is watched for, and what becomes of it when it is found. It judges nothing, so no case is pinned to it. */

import type { Duration } from '../time/duration.ts';
import type { Action } from './action.ts';
import type { Condition } from './condition.ts';
import type { At, Text } from './text.ts';
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

export interface FindingRule {
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
  readonly do: readonly Action[];
  readonly on_respond: readonly Action[];
  /** Absent: once answered, it is not found again while nothing has changed. */
  readonly again_after?: Duration;
  readonly at: At;
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

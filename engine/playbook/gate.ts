/** A gate: one condition that holds at a point of many pipelines. */

import type { Condition } from './condition.ts';
import type { EvidenceRule } from './pipeline.ts';
import type { At, Text } from './text.ts';
import type { WaiverRule } from './waiver.ts';

export interface Gate {
  readonly gate: string;
  readonly title: Text;
  readonly applies_to: readonly string[];
  readonly at_point: 'open' | 'advance' | 'win' | 'finish';
  /** `enforce` refuses; `warn` accepts and tells the actor; `shadow` accepts and only journals. */
  readonly mode: 'shadow' | 'warn' | 'enforce';
  readonly when: Condition;
  readonly otherwise: Text;
  readonly evidence: readonly EvidenceRule[];
  /** How it may be waived; absent: not at all. */
  readonly waiver?: WaiverRule;
  readonly at: At;
}

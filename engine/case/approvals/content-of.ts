/** What a step of an approval binds, as it stands in the case. */

import type { Content } from '../../parts/approval/record.ts';
import type { ApprovalStep } from '../../playbook/approval.ts';
import type { Value } from '../../playbook/value.ts';
import { lookUp } from '../look-up.ts';
import type { CaseState } from '../state.ts';

/** @param fact reads set and derived facts alike */
export function contentOf(
  step: ApprovalStep,
  { evidence }: Pick<CaseState, 'evidence'>,
  fact: (name: string) => Value | undefined,
): Content {
  const entries = step.binds.flatMap((bound): (readonly [string, Value])[] => {
    if (bound.kind === 'fact') {
      const value = fact(bound.fact);
      return value === undefined ? [] : [[bound.fact, value]];
    }
    const entry = lookUp(evidence, bound.evidence);
    const stands = entry?.status === 'submitted' || entry?.status === 'accepted';
    return stands
      ? Object.entries(entry.fields).map(([field, value]) => [`evidence ${bound.evidence}.${field}`, value])
      : [];
  });
  return Object.fromEntries(entries);
}

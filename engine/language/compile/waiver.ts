/** Compiles what may be waived, by whom and for how long. */

import type { WaiverRule } from '../../playbook/waiver.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { WaiverSource } from '../kinds/waiver.ts';
import { missingIn, type Scope, useApproval } from './scope.ts';
import { compileWho } from './who.ts';

export function compileWaiver(source: WaiverSource, scope: Scope): WaiverRule | undefined {
  if (source.by.value === 'owner') {
    scope.report('own-waiver', source.by.place);
    return undefined;
  }
  const by = compileWho(source.by, scope, 'waive');
  const approval = source.approval && namedApproval(source.approval, scope);
  if (by === undefined) return undefined;
  return {
    by,
    at_most: source.at_most.value,
    ...(approval !== undefined && { approval }),
    ...(source.remind_before !== undefined && { remind_before: source.remind_before.value }),
    at: source.place.at,
  };
}

function namedApproval({ value, place }: NonNullable<WaiverSource['approval']>, scope: Scope): string {
  useApproval(value, scope);
  const lacks = missingIn(scope, (one) => one.approvals.has(value) || one.incomplete);
  if (lacks !== undefined) {
    const hint = didYouMean(value, lacks.approvals);
    scope.report('unknown-approval', place, { written: value, pipeline: lacks.pipeline }, { hint });
  }
  return value;
}

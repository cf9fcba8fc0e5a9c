/** What was passed by a waiver is asked again at every later step, until it is met. */

import type { Rules } from '../../playbook/set.ts';
import type { Criterion } from '../criterion.ts';
import type { CaseState } from '../state.ts';
import { waivableCriterion, waiversOf } from './standing.ts';
import { isOwedBy } from './waiver.ts';

export function criteriaOwed(rules: Rules, state: CaseState): readonly Criterion[] {
  return waiversOf(state)
    .filter(isOwedBy)
    .flatMap(({ kind, name }) => waivableCriterion(rules, kind, name) ?? []);
}

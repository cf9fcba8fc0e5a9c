/** The facts of a case as conditions see them, derived ones computed. */

import { seenBy } from '../../engine/case/seen-of.ts';
import type { Value } from '../../engine/playbook/value.ts';
import type { CaseContext } from './case-context.ts';

export function factValueOf(context: CaseContext, fact: string): Value | undefined {
  const { rules, calendar, state, world } = context;
  return seenBy(rules, calendar, state, { now: world.now }).fact(fact);
}

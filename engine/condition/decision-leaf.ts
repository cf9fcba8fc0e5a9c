/** Compiles a leaf on a decision: unknown while it has no current outcome, however much is known beside. */

import type { DecisionOperator, Leaf } from '../playbook/condition.ts';
import { addDuration } from '../time/calendar.ts';
import type { CompiledLeaf } from './leaf.ts';
import type { LeafResult, Truth } from './result.ts';
import type { DecisionSeen, Seen } from './seen.ts';

type DecisionLeaf = Extract<Leaf, { kind: 'decision' }>;

export function compileDecision(leaf: DecisionLeaf): CompiledLeaf {
  const judge = (seen: Seen): LeafResult => {
    const found = standingFor(leaf, seen);
    if (found.standing !== 'current') return { leaf, truth: 'unknown', why: found.standing };
    return { leaf, truth: holds(leaf, found), seen: seenOf(leaf, found) };
  };
  return { truth: (seen) => judge(seen).truth, result: judge };
}

/** As the case has it, and too old where this leaf asks for younger answers. */
function standingFor({ decision, fresh_for: freshFor }: DecisionLeaf, seen: Seen): DecisionSeen {
  const found = seen.decision?.(decision) ?? { standing: 'missing', outcomes: [] };
  if (freshFor === undefined || found.standing !== 'current' || found.at === undefined) return found;
  return addDuration(seen.calendar, found.at, freshFor) <= seen.now ? { ...found, standing: 'stale' } : found;
}

function holds({ operator, outcomes }: DecisionLeaf, { outcomes: found, maybe = [] }: DecisionSeen): Truth {
  return operator === undefined ? found.length > 0 : JUDGES[operator](outcomes, found, maybe);
}

type Judge = (wanted: readonly string[], found: readonly string[], maybe: readonly string[]) => Truth;

const isAmong: Judge = (wanted, found) => found.some((one) => wanted.includes(one));

const JUDGES: Readonly<Record<DecisionOperator, Judge>> = {
  is: isAmong,
  in: isAmong,
  is_not: (wanted, found, maybe) => isAmong(wanted, found, maybe) !== true,
  not_in: (wanted, found, maybe) => isAmong(wanted, found, maybe) !== true,
  contains: (wanted, found, maybe) => {
    if (isAmong(wanted, found, maybe) === true) return true;
    return maybe.some((one) => wanted.includes(one)) ? 'unknown' : false;
  },
};

/** A list where there may be several. */
function seenOf({ operator }: DecisionLeaf, { outcomes }: DecisionSeen): string | readonly string[] {
  const [only] = outcomes;
  return outcomes.length === 1 && only !== undefined && operator !== 'contains' ? only : outcomes;
}

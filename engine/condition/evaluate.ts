/** Judges conditions: three-valued, compiled to closures once per condition, explaining every leaf when asked. */

import type { Condition, Leaf } from '../playbook/condition.ts';
import { negated } from './compare.ts';
import { compileLeaf, type PlainLeaf } from './leaf.ts';
import type { ConditionResult, LeafResult, Truth } from './result.ts';
import type { Seen } from './seen.ts';

/** The milestones being judged, innermost first: one met again would never end. */
interface Trail {
  readonly milestone: string;
  readonly outer: Trail | undefined;
}

interface Compiled {
  truth(seen: Seen, trail: Trail | undefined): Truth;
  /** Adds every leaf to `leaves`, in the order written. */
  explain(seen: Seen, trail: Trail | undefined, leaves: LeafResult[]): Truth;
}

const cache = new WeakMap<Condition, Compiled>();

function compiledOf(condition: Condition): Compiled {
  let compiled = cache.get(condition);
  if (compiled === undefined) {
    compiled = compile(condition);
    cache.set(condition, compiled);
  }
  return compiled;
}

function compile(condition: Condition): Compiled {
  switch (condition.kind) {
    case 'all':
      return compileList(condition.of, false);
    case 'any':
      return compileList(condition.of, true);
    case 'not':
      return compileNot(condition.of);
    case 'milestone':
      return compileMilestone(condition);
    default:
      return compilePlain(condition);
  }
}

/** `decisive` settles the whole list: false for `all`, true for `any`. An empty list says nothing, so it is unknown. */
function compileList(of: readonly Condition[], decisive: boolean): Compiled {
  const parts = of.map(compile);
  const otherwise: Truth = parts.length === 0 ? 'unknown' : !decisive;
  return {
    truth(seen, trail) {
      let answer = otherwise;
      for (const part of parts) {
        const truth = part.truth(seen, trail);
        if (truth === decisive) return decisive;
        if (truth === 'unknown') answer = truth;
      }
      return answer;
    },
    explain(seen, trail, leaves) {
      let answer = otherwise;
      for (const part of parts) {
        const truth = part.explain(seen, trail, leaves);
        if (truth === decisive) answer = truth;
        else if (truth === 'unknown' && answer !== decisive) answer = truth;
      }
      return answer;
    },
  };
}

function compileNot(of: Condition): Compiled {
  const part = compile(of);
  return {
    truth: (seen, trail) => negated(part.truth(seen, trail)),
    explain: (seen, trail, leaves) => negated(part.explain(seen, trail, leaves)),
  };
}

/** What the milestone asks, unless it leads nowhere or back to itself. */
function whenOf(milestone: string, seen: Seen, trail: Trail | undefined): Condition | 'missing' | 'cycle' {
  for (let step = trail; step !== undefined; step = step.outer) if (step.milestone === milestone) return 'cycle';
  return seen.milestone(milestone) ?? 'missing';
}

function compileMilestone(leaf: Extract<Leaf, { kind: 'milestone' }>): Compiled {
  const { milestone } = leaf;
  return {
    truth(seen, trail) {
      const when = whenOf(milestone, seen, trail);
      return typeof when === 'string' ? 'unknown' : compiledOf(when).truth(seen, { milestone, outer: trail });
    },
    explain(seen, trail, leaves) {
      const when = whenOf(milestone, seen, trail);
      if (typeof when !== 'string') return compiledOf(when).explain(seen, { milestone, outer: trail }, leaves);
      leaves.push({ leaf, truth: 'unknown', why: when });
      return 'unknown';
    },
  };
}

function compilePlain(leaf: PlainLeaf): Compiled {
  const { truth, result } = compileLeaf(leaf);
  return {
    truth: (seen) => truth(seen),
    explain(seen, _trail, leaves) {
      const found = result(seen);
      leaves.push(found);
      return found.truth;
    },
  };
}

/**
 * Judges a condition and tells of every leaf, in the order written; leaves of a milestone stand in the place of its name.
 * Total: what is missing, cannot be compared, is empty or leads back to itself is unknown, never an exception.
 */
export function evaluate(condition: Condition, seen: Seen): ConditionResult {
  const leaves: LeafResult[] = [];
  const truth = compiledOf(condition).explain(seen, undefined, leaves);
  return { truth, leaves };
}

/** The answer alone: the same as `evaluate(condition, seen).truth`, stopping at the first leaf that settles it. */
export function truthOf(condition: Condition, seen: Seen): Truth {
  return compiledOf(condition).truth(seen, undefined);
}

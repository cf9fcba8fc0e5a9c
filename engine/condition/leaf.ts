/** Compiles one leaf of a condition to closures: what it answers, and what it saw. */

import type { Leaf, Operand, Operator } from '../playbook/condition.ts';
import type { Value } from '../playbook/value.ts';
import { addDuration } from '../time/calendar.ts';
import { COMPARATORS, type Comparison } from './compare.ts';
import { isAgo, isWithin } from './day-span.ts';
import { compileDecision } from './decision-leaf.ts';
import type { LeafResult, Truth } from './result.ts';
import type { ApprovalSeen, ChildSeen, EvidenceSeen, Seen } from './seen.ts';

/** `result` makes the one object that an explanation keeps; `truth` makes none. */
export interface CompiledLeaf {
  truth(seen: Seen): Truth;
  result(seen: Seen): LeafResult;
}

type ValueLeaf = Extract<Leaf, { kind: 'fact' | 'field' }>;
/** Milestones are not compiled here: the leaves of what they ask stand in their place. */
export type PlainLeaf = Exclude<Leaf, { kind: 'milestone' }>;

function asTruth(comparison: Comparison): Truth {
  return typeof comparison === 'boolean' ? comparison : 'unknown';
}

function reader(leaf: ValueLeaf): (seen: Seen) => Value | undefined {
  if (leaf.kind === 'fact') {
    const { fact } = leaf;
    return (seen) => seen.fact(fact);
  }
  const { field } = leaf;
  return (seen) => seen.field?.(field);
}

/** Operators whose operand is written in the playbook: bound to it once. */
function judgeOf(operator: Operator, operand: Operand): (value: Value, seen: Seen) => Comparison {
  if (operand.kind === 'duration') {
    const span = operand.duration;
    if (operator === 'within') return (value, seen) => isWithin(seen.calendar, seen.now, value, span);
    if (operator === 'ago') return (value, seen) => isAgo(seen.calendar, seen.now, value, span);
  }
  if (operand.kind !== 'value' || operator === 'within' || operator === 'ago' || operator === 'is_known') {
    return () => 'type-differs';
  }
  const compare = COMPARATORS[operator];
  const against = operand.value;
  return (value) => compare(value, against);
}

function compileIsKnown(leaf: ValueLeaf): CompiledLeaf {
  const read = reader(leaf);
  const wanted = leaf.operand.kind === 'value' ? leaf.operand.value : true;
  return {
    truth: (seen) => (read(seen) !== undefined) === wanted,
    result(seen) {
      const value = read(seen);
      if (value !== undefined) return { leaf, truth: wanted === true, seen: value };
      return wanted === true ? { leaf, truth: false, why: 'missing' } : { leaf, truth: true };
    },
  };
}

function compileAgainstValue(leaf: ValueLeaf): CompiledLeaf {
  const read = reader(leaf);
  const judge = judgeOf(leaf.operator, leaf.operand);
  return {
    truth(seen) {
      const value = read(seen);
      return value === undefined ? 'unknown' : asTruth(judge(value, seen));
    },
    result(seen) {
      const value = read(seen);
      if (value === undefined) return { leaf, truth: 'unknown', why: 'missing' };
      const comparison = judge(value, seen);
      if (typeof comparison === 'boolean') return { leaf, truth: comparison, seen: value };
      return { leaf, truth: 'unknown', seen: value, why: comparison };
    },
  };
}

/** In a form the operand names another fact of the case all the same. */
function compileAgainstFact(leaf: ValueLeaf, fact: string): CompiledLeaf {
  const read = reader(leaf);
  const { operator } = leaf;
  const compare =
    operator === 'within' || operator === 'ago' || operator === 'is_known'
      ? (): Comparison => 'type-differs'
      : COMPARATORS[operator];
  return {
    truth(seen) {
      const value = read(seen);
      const against = seen.fact(fact);
      return value === undefined || against === undefined ? 'unknown' : asTruth(compare(value, against));
    },
    result(seen) {
      const value = read(seen);
      const against = seen.fact(fact);
      if (value !== undefined && against !== undefined) {
        const comparison = compare(value, against);
        if (typeof comparison === 'boolean') return { leaf, truth: comparison, seen: value, against };
        return { leaf, truth: 'unknown', seen: value, why: comparison, against };
      }
      return {
        leaf,
        truth: 'unknown',
        ...(value !== undefined && { seen: value }),
        why: 'missing',
        ...(against !== undefined && { against }),
      };
    },
  };
}

function evidenceResult(leaf: PlainLeaf, { standing }: EvidenceSeen): LeafResult {
  switch (standing) {
    case 'accepted':
      return { leaf, truth: true, seen: standing };
    case 'missing':
      return { leaf, truth: false, why: standing };
    default:
      return { leaf, truth: false, seen: standing, why: standing };
  }
}

function approvalResult(leaf: PlainLeaf, { standing }: ApprovalSeen): LeafResult {
  switch (standing) {
    case 'approved':
      return { leaf, truth: true, seen: standing };
    case 'missing':
      return { leaf, truth: false, why: standing };
    default:
      return { leaf, truth: false, seen: standing, why: standing };
  }
}

function compileActivity(leaf: Extract<Leaf, { kind: 'activity' }>): CompiledLeaf {
  const { activity, within } = leaf;
  const isRecent = (last: string, seen: Seen) => addDuration(seen.calendar, last, within) >= seen.now;
  return {
    truth(seen) {
      const last = seen.activity(activity);
      return last !== undefined && isRecent(last, seen);
    },
    result(seen) {
      const last = seen.activity(activity);
      if (last === undefined) return { leaf, truth: false, why: 'missing' };
      return isRecent(last, seen)
        ? { leaf, truth: true, seen: last }
        : { leaf, truth: false, seen: last, why: 'stale' };
    },
  };
}

/** What keeps it from being as wanted: cases that do not stand so where all should, or, where one does, those that do. */
function compileChild(leaf: Extract<Leaf, { kind: 'child' }>): CompiledLeaf {
  const { pipeline, which } = leaf;
  const standsSo = ({ in: places }: ChildSeen): boolean => leaf.in.some((one) => places.includes(one));
  const holds = (children: readonly ChildSeen[]): boolean =>
    children.length > 0 && (which === 'all' ? children.every(standsSo) : children.some(standsSo));
  return {
    truth: (seen) => holds(seen.children(pipeline)),
    result(seen) {
      const children = seen.children(pipeline);
      if (children.length === 0) return { leaf, truth: false, why: 'missing' };
      const truth = holds(children);
      const told = children.filter((child) => standsSo(child) === truth);
      return { leaf, truth, seen: told.map(({ child }) => child) };
    },
  };
}

export function compileLeaf(leaf: PlainLeaf): CompiledLeaf {
  switch (leaf.kind) {
    case 'fact':
    case 'field':
      if (leaf.operator === 'is_known') return compileIsKnown(leaf);
      return leaf.operand.kind === 'fact' ? compileAgainstFact(leaf, leaf.operand.fact) : compileAgainstValue(leaf);
    case 'evidence': {
      const { evidence } = leaf;
      return {
        truth: (seen) => seen.evidence(evidence).standing === 'accepted',
        result: (seen) => evidenceResult(leaf, seen.evidence(evidence)),
      };
    }
    case 'approval': {
      const { approval } = leaf;
      return {
        truth: (seen) => seen.approval(approval).standing === 'approved',
        result: (seen) => approvalResult(leaf, seen.approval(approval)),
      };
    }
    case 'task': {
      const { task } = leaf;
      return {
        truth: (seen) => seen.task(task),
        result(seen) {
          const holds = seen.task(task);
          return { leaf, truth: holds, seen: holds };
        },
      };
    }
    case 'activity':
      return compileActivity(leaf);
    case 'decision':
      return compileDecision(leaf);
    case 'child':
      return compileChild(leaf);
  }
}

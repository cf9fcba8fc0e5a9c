/** Finds conditions that can never hold: two leaves that exclude each other, or one that its fact's limits exclude. */

import { COMPARATORS } from '../../condition/compare.ts';
import type { Condition, Leaf } from '../../playbook/condition.ts';
import type { Fact, Money, Value } from '../../playbook/value.ts';
import type { Report } from '../diagnostics/report.ts';
import { anysOf, type Literal, literalsOf, type Normal, normal } from './literal.ts';

type ValueLeaf = Extract<Leaf, { kind: 'fact' | 'field' }>;

/** Conditions that must hold at the same moment, by where each stands; facts by name, for their limits. */
export function reportContradictions(
  together: readonly Condition[],
  facts: Readonly<Record<string, Fact>>,
  report: Report,
): void {
  check({ kind: 'all', of: together.map((one) => normal(one)) }, [], facts, report);
}

function check(
  condition: Normal,
  given: readonly Literal[],
  facts: Readonly<Record<string, Fact>>,
  report: Report,
): void {
  const own = literalsOf(condition);
  own.forEach((literal, i) => {
    if (reportBeyondLimits(literal, facts, report)) return;
    const earlier = [...given, ...own.slice(0, i)].find((other) => conflict(other, literal));
    if (!earlier) return;
    const message = { zh: '与此矛盾', en: 'it contradicts this' };
    report('contradiction', { at: literal.leaf.at }, {}, { related: [{ place: { at: earlier.leaf.at }, message }] });
  });
  for (const any of anysOf(condition)) {
    for (const branch of any.of) check(branch, [...given, ...own], facts, report);
  }
}

function conflict(a: Literal, b: Literal): boolean {
  if (a.leaf.kind !== b.leaf.kind) return false;
  if ((a.leaf.kind === 'fact' || a.leaf.kind === 'field') && (b.leaf.kind === 'fact' || b.leaf.kind === 'field')) {
    return nameOf(a.leaf) === nameOf(b.leaf) && !a.negated && !b.negated && exclude(a.leaf, b.leaf);
  }
  if (a.leaf.kind === 'decision' && b.leaf.kind === 'decision') {
    return a.leaf.decision === b.leaf.decision && noOutcome(wantedOf(a), wantedOf(b));
  }
  return a.negated !== b.negated && sameThing(a.leaf, b.leaf);
}

/** Outcomes that a literal on a decision takes, or those it does not; absent: not to be told. */
interface Wanted {
  readonly outcomes: readonly string[];
  readonly areTaken: boolean;
}

function wantedOf({ leaf, negated }: Literal): Wanted | undefined {
  if (leaf.kind !== 'decision' || leaf.operator === undefined || leaf.operator === 'contains') return undefined;
  const areNamed = leaf.operator === 'is' || leaf.operator === 'in';
  return { outcomes: leaf.outcomes, areTaken: areNamed !== negated };
}

function noOutcome(a: Wanted | undefined, b: Wanted | undefined): boolean {
  if (a === undefined || b === undefined || !(a.areTaken || b.areTaken)) return false;
  const [taking, other] = a.areTaken ? [a, b] : [b, a];
  return taking.outcomes.every((one) => other.outcomes.includes(one) !== other.areTaken);
}

function nameOf(leaf: ValueLeaf): string {
  return leaf.kind === 'fact' ? leaf.fact : leaf.field;
}

function sameThing(a: Leaf, b: Leaf): boolean {
  if (a.kind === 'evidence' && b.kind === 'evidence') return a.evidence === b.evidence;
  if (a.kind === 'milestone' && b.kind === 'milestone') return a.milestone === b.milestone;
  if (a.kind === 'approval' && b.kind === 'approval') return a.approval === b.approval;
  if (a.kind === 'task' && b.kind === 'task') return a.task === b.task;
  if (a.kind === 'activity' && b.kind === 'activity') {
    const [left, right] = [a.within, b.within];
    return a.activity === b.activity && left.unit === right.unit && left.amount === right.amount;
  }
  if (a.kind === 'child' && b.kind === 'child') {
    const isSame = a.in.length === b.in.length && a.in.every((one) => b.in.includes(one));
    return a.pipeline === b.pipeline && a.which === b.which && isSame;
  }
  return false;
}

/** No value meets both. Told only where both operands are written out. */
function exclude(a: ValueLeaf, b: ValueLeaf): boolean {
  const [noneA, noneB] = [wantsNone(a), wantsNone(b)];
  if (noneA || noneB) return noneA !== noneB;
  const [valuesA, valuesB] = [valuesOf(a), valuesOf(b)];
  if (valuesA) return valuesA.every((value) => !meets(value, b));
  if (valuesB) return valuesB.every((value) => !meets(value, a));
  return empty(a, b) || empty(b, a);
}

function wantsNone(leaf: ValueLeaf): boolean {
  return leaf.operator === 'is_known' && leaf.operand.kind === 'value' && leaf.operand.value === false;
}

/** The few values that meet a leaf, where they are few. */
function valuesOf(leaf: ValueLeaf): readonly Value[] | undefined {
  if (leaf.operand.kind !== 'value') return undefined;
  const { value } = leaf.operand;
  if (leaf.operator === 'in') return listOf(value);
  // A single value is never a list here: `is` takes one.
  return leaf.operator === 'is' ? [value as Value] : undefined;
}

function listOf(value: Value | readonly Value[]): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

/** Unknown counts as met: a contradiction is told only where there is one. */
function meets(value: Value, leaf: ValueLeaf): boolean {
  const { operator, operand } = leaf;
  if (operand.kind !== 'value' || operator === 'is_known' || operator === 'within' || operator === 'ago') return true;
  return COMPARATORS[operator](value, operand.value) !== false;
}

interface Bound {
  readonly value: number | string;
  readonly strict: boolean;
}

/** Whether the least that `a` allows lies above the most that `b` allows. */
function empty(a: ValueLeaf, b: ValueLeaf): boolean {
  if (currencyOf(a) !== currencyOf(b)) return false;
  const low = lowerBound(a);
  const high = upperBound(b);
  return low !== undefined && high !== undefined && isAbove(low, high);
}

function isAbove(low: Bound, high: Bound): boolean {
  if (typeof low.value !== typeof high.value) return false;
  return low.value > high.value || (low.value === high.value && (low.strict || high.strict));
}

function lowerBound(leaf: ValueLeaf): Bound | undefined {
  const { operator } = leaf;
  if (operator !== 'at_least' && operator !== 'more_than' && operator !== 'after') return undefined;
  return bound(leaf, operator !== 'at_least');
}

function upperBound(leaf: ValueLeaf): Bound | undefined {
  const { operator } = leaf;
  if (operator !== 'at_most' && operator !== 'less_than' && operator !== 'before') return undefined;
  return bound(leaf, operator !== 'at_most');
}

function bound(leaf: ValueLeaf, strict: boolean): Bound | undefined {
  if (leaf.operand.kind !== 'value') return undefined;
  const { value } = leaf.operand;
  if (isMoney(value)) return { value: value.minor, strict };
  return typeof value === 'number' || typeof value === 'string' ? { value, strict } : undefined;
}

function currencyOf(leaf: ValueLeaf): string | undefined {
  return leaf.operand.kind === 'value' && isMoney(leaf.operand.value) ? leaf.operand.value.currency : undefined;
}

function isMoney(value: Value | readonly Value[]): value is Money {
  return typeof value === 'object' && 'minor' in value;
}

/** `at_least 5` of a fact that is 3 at most. */
function reportBeyondLimits(
  { leaf, negated }: Literal,
  facts: Readonly<Record<string, Fact>>,
  report: Report,
): boolean {
  // A limit speaks of the value there is; none is none, whatever the limits.
  if (leaf.kind !== 'fact' || negated || wantsNone(leaf)) return false;
  const fact = facts[leaf.fact];
  const limits: ValueLeaf[] = [];
  const limit = (operator: 'at_least' | 'at_most', value: number | string | undefined) => {
    if (value === undefined) return;
    const shown =
      fact?.type === 'money' && typeof value === 'number' ? { minor: value, currency: fact.currency ?? '' } : value;
    limits.push({ ...leaf, operator, operand: { kind: 'value', value: shown } });
  };
  limit('at_least', fact?.min);
  limit('at_most', fact?.max);
  const broken = limits.find((one) => exclude(one, leaf));
  if (!broken || !fact) return false;
  const why =
    broken.operator === 'at_most'
      ? { zh: `\`${fact.fact}\` 不超过 \`max\``, en: `\`${fact.fact}\` is never above its \`max\`` }
      : { zh: `\`${fact.fact}\` 不低于 \`min\``, en: `\`${fact.fact}\` is never below its \`min\`` };
  report('never-holds', { at: leaf.at }, { why }, { related: [{ place: { at: fact.at }, message: DECLARED }] });
  return true;
}

const DECLARED = { zh: '声明在这里', en: 'declared here' };

/**
 * A second, slow opinion on what a case may do, written from the language's description alone: it reads the whole history
 * again for every question and shares no code with the engine.
 */

import type { EvidenceEntry } from '../../engine/case/state.ts';
import type { Condition, Leaf } from '../../engine/playbook/condition.ts';
import type { Pipeline } from '../../engine/playbook/pipeline.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import type { Formula, Value } from '../../engine/playbook/value.ts';
import type { Duration } from '../../engine/time/duration.ts';

import type { Hindsight } from './hindsight.ts';

export type Verdict = true | false | 'unknown';

const DAY_MS = 86_400_000;

/** Whole days of a length that is said in days or hours. */
function wholeDays({ amount, unit }: Duration): number {
  if (unit === 'hours') return Math.floor(amount / 24);
  if (unit === 'days') return amount;
  throw new Error(`the oracle does not count ${unit} between dates`);
}

const flip = (verdict: Verdict): Verdict => (verdict === 'unknown' ? verdict : !verdict);

/** How leaves are judged: as they are, or with some of them decided by the caller. */
export type JudgeLeaf = (leaf: Leaf, sight: Hindsight) => Verdict;

export function judge(condition: Condition, sight: Hindsight, leaf: JudgeLeaf = judgeLeaf): Verdict {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const parts = condition.of.map((part) => judge(part, sight, leaf));
      const decisive = condition.kind === 'any';
      if (parts.includes(decisive)) return decisive;
      if (parts.length === 0 || parts.includes('unknown')) return 'unknown';
      return !decisive;
    }
    case 'not':
      return flip(judge(condition.of, sight, leaf));
    case 'milestone': {
      const milestones = sight.rules.pipeline.stages.flatMap((stage) => stage.milestones);
      const named = milestones.find((one) => one.milestone === condition.milestone);
      return named === undefined ? 'unknown' : judge(named.when, sight, leaf);
    }
    default:
      return leaf(condition, sight);
  }
}

export function judgeLeaf(leaf: Leaf, sight: Hindsight): Verdict {
  const now = Date.parse(sight.now);
  switch (leaf.kind) {
    case 'evidence': {
      const entry = sight.evidence[leaf.evidence];
      if (entry?.status !== 'accepted') return false;
      const rules = [...sight.rules.pipeline.stages, ...sight.rules.gates].flatMap((holder) => holder.evidence);
      const fresh = rules.find((rule) => rule.evidence === leaf.evidence)?.fresh_for;
      return fresh === undefined || sight.calendar.plus(Date.parse(entry.settled_at ?? ''), fresh) >= now;
    }
    case 'task': {
      const open = Object.values(sight.tasks).filter((task) => task.done_at === undefined);
      if (leaf.task === 'open') return open.length > 0;
      const dated = open.filter((task) => task.due_at !== undefined);
      if (leaf.task === 'dated') return dated.length > 0;
      return dated.some((task) => Date.parse(task.due_at ?? '') <= now);
    }
    case 'activity':
      return sight.activities
        .filter((one) => leaf.activity === 'any' || one.kind === leaf.activity)
        .some((one) => sight.calendar.plus(Date.parse(one.at), leaf.within) >= now);
    case 'fact':
      return judgeFact(leaf, sight);
    default:
      throw new Error(`the oracle does not judge ${leaf.kind}`);
  }
}

function judgeFact(leaf: Extract<Leaf, { kind: 'fact' }>, sight: Hindsight): Verdict {
  const value = factOf(leaf.fact, sight);
  const { operator, operand } = leaf;
  if (operator === 'is_known') return (value !== undefined) === (operand.kind === 'value' && operand.value);
  if (value === undefined) return 'unknown';
  if (operand.kind === 'duration') {
    const today = Date.parse(sight.calendar.dateAt(Date.parse(sight.now)));
    const then = Date.parse(String(value));
    const days = wholeDays(operand.duration);
    const away = (today - then) / DAY_MS;
    return operator === 'ago' ? away >= days : Math.abs(away) <= days;
  }
  const other = operand.kind === 'fact' ? factOf(operand.fact, sight) : operand.value;
  if (other === undefined) return 'unknown';
  if (operator === 'is') return value === other;
  if (operator === 'is_not') return value !== other;
  if (typeof value !== 'number' || typeof other !== 'number') throw new Error('the generator orders numbers only');
  switch (operator) {
    case 'at_least':
      return value >= other;
    case 'more_than':
      return value > other;
    case 'at_most':
      return value <= other;
    case 'less_than':
      return value < other;
    default:
      throw new Error(`the oracle does not compare by ${operator}`);
  }
}

function factOf(name: string, sight: Hindsight): Value | undefined {
  const formula = sight.rules.pipeline.facts[name]?.from;
  return formula === undefined ? sight.facts[name]?.value : compute(formula, sight);
}

function compute(formula: Formula, sight: Hindsight): Value | undefined {
  const number = (part: Formula | undefined): number => {
    const value = part && compute(part, sight);
    return typeof value === 'number' ? value : Number.NaN;
  };
  const known = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);
  switch (formula.kind) {
    case 'constant':
      return formula.value;
    case 'fact':
      return factOf(formula.fact, sight);
    case 'minus':
      return known(number(formula.of[0]) - number(formula.of[1]));
    case 'times':
      return known(number(formula.of[0]) * number(formula.of[1]));
    case 'ratio':
      return known(number(formula.of[0]) / number(formula.of[1]));
    case 'score': {
      const verdicts = formula.points.map(({ when }) => judge(when, sight));
      if (verdicts.includes('unknown')) return undefined;
      return formula.points.reduce((sum, { points }, index) => sum + (verdicts[index] === true ? points : 0), 0);
    }
    default:
      throw new Error(`the oracle does not compute ${formula.kind}`);
  }
}

/** What a stage asks of those who leave it, by itself. */
export function asked(pipeline: Pipeline, index: number): Condition[] {
  const stage = pipeline.stages[index];
  const next = pipeline.stages[index + 1];
  return [...(stage?.milestones.map((one) => one.when) ?? []), stage?.leave_when, next?.enter_when].filter(
    (condition) => condition !== undefined,
  );
}

/** The conditions that must be true before a case goes from where it stands to stage `target` (its number; one more is the end). */
export function mustHold(sight: Hindsight, target: number): Condition[] {
  const { pipeline, gates } = sight.rules;
  const here = pipeline.stages.findIndex((stage) => stage.stage === sight.stage);
  const last = pipeline.stages.length - 1;
  const final = pipeline.stages[last];
  const isBare = final?.milestones.length === 0 && final.leave_when === undefined;
  const reaches = target === last && isBare ? last + 1 : target;
  const left = pipeline.stages.map((_stage, index) => index).filter((index) => index >= here && index < reaches);
  const winning = pipeline.stages.findIndex((stage) => stage.stage === (pipeline.won_on_leaving ?? final?.stage));
  const gatesAt = (point: string) =>
    gates.filter((gate) => gate.at_point === point && gate.mode === 'enforce').map((gate) => gate.when);
  return [
    ...left.flatMap((index) => asked(pipeline, index)),
    ...sight.required.map((evidence): Condition => ({ kind: 'evidence', evidence, at: pipeline.at })),
    ...gatesAt('advance'),
    ...(!sight.isWon && left.includes(winning)
      ? [...gatesAt('win'), ...(pipeline.close_when?.won ? [pipeline.close_when.won] : [])]
      : []),
    ...(left.includes(last) ? gatesAt('finish') : []),
  ];
}

/** Whether the case may go on to `target`: all of it true, and the pipeline not known to be the wrong one. */
export function mayGo(sight: Hindsight, target: number): boolean {
  const { applies_when: applies } = sight.rules.pipeline;
  if (!sight.isPlaced && applies !== undefined && judge(applies, sight) === false) return false;
  return mustHold(sight, target).every((condition) => judge(condition, sight) === true);
}

/**
 * Whether a condition could hold by evidence and facts alone: tries every way the leaves that hang on the clock might
 * fall, each place in the condition by itself, with evidence of any age counting.
 */
export function couldHold(condition: Condition, sight: Hindsight): boolean {
  const ageless: Hindsight = { ...sight, rules: withoutFreshness(sight.rules), evidence: withTrust(sight) };
  let places = 0;
  judge(condition, ageless, (leaf, inner) => {
    if (hangsOnClock(leaf)) places += 1;
    return hangsOnClock(leaf) ? 'unknown' : judgeLeaf(leaf, inner);
  });
  if (places > 12) return true;
  for (let ways = 0; ways < 2 ** places; ways++) {
    let next = 0;
    const verdict = judge(condition, ageless, (leaf, inner) => {
      if (!hangsOnClock(leaf)) return judgeLeaf(leaf, inner);
      const falls = ((ways >> next) & 1) === 1;
      next += 1;
      return falls;
    });
    if (verdict === true) return true;
  }
  return false;
}

function hangsOnClock(leaf: Leaf): boolean {
  if (leaf.kind === 'fact') return leaf.operator === 'within' || leaf.operator === 'ago';
  return leaf.kind === 'task' || leaf.kind === 'activity';
}

/** Evidence owed by an import counts as accepted while it is not due and nothing was handed in for it. */
function withTrust({ evidence, debts, now, owner, calendar }: Hindsight): Record<string, EvidenceEntry> {
  const today = calendar.dateAt(Date.parse(now));
  const trusted = debts
    .filter((debt) => debt.due_on >= today)
    .flatMap(({ evidence: owed }): [string, EvidenceEntry][] => {
      if (owed === undefined) return [];
      return [[owed, { status: 'accepted', fields: {}, submitted_by: owner, submitted_at: now, settled_at: now }]];
    });
  return { ...Object.fromEntries(trusted), ...evidence };
}

function withoutFreshness(rules: Rules): Rules {
  const ageless = <T extends { evidence: Rules['gates'][number]['evidence'] }>(holder: T): T => ({
    ...holder,
    evidence: holder.evidence.map(({ fresh_for: _age, ...rule }) => rule),
  });
  const stages = rules.pipeline.stages.map(ageless);
  return { ...rules, pipeline: { ...rules.pipeline, stages }, gates: rules.gates.map(ageless) };
}

/** Every leaf a condition rests on, through milestones and scores. */
export function leavesOf(condition: Condition, rules: Rules): Leaf[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap((part) => leavesOf(part, rules));
    case 'not':
      return leavesOf(condition.of, rules);
    case 'milestone': {
      const milestones = rules.pipeline.stages.flatMap((stage) => stage.milestones);
      const named = milestones.find((one) => one.milestone === condition.milestone);
      return named === undefined ? [] : leavesOf(named.when, rules);
    }
    case 'fact': {
      const operand = condition.operand.kind === 'fact' ? [condition.operand.fact] : [];
      return [condition, ...[condition.fact, ...operand].flatMap((name) => scoredBy(name, rules))];
    }
    default:
      return [condition];
  }
}

function scoredBy(name: string, rules: Rules): Leaf[] {
  const formula = rules.pipeline.facts[name]?.from;
  return formula?.kind === 'score' ? formula.points.flatMap(({ when }) => leavesOf(when, rules)) : [];
}

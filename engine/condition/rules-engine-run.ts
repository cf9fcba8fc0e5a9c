/** What a json-rules-engine `Engine` needs to run exported conditions: our own operators, and facts in their form. */

import type { Engine } from 'json-rules-engine';
import type { Condition } from '../playbook/condition.ts';
import type { Value } from '../playbook/value.ts';
import { addDuration } from '../time/calendar.ts';
import type { Duration } from '../time/duration.ts';
import { COMPARATORS, type ComparingOperator, type Comparison, isMoney } from './compare.ts';
import { isAgo, isWithin } from './day-span.ts';
import { evaluate, truthOf } from './evaluate.ts';
import { comparableBy, decisionFact, IN_FACT, LOGGED_WITHIN, maybeFact, STAND_IN } from './rules-engine.ts';
import type { Seen } from './seen.ts';

/** Money as facts hold it: one member, named for the currency, in minor units. */
export type RulesEngineMoney = Readonly<Record<string, number>>;

/** Our operators by the name that an engine knows them under. */
const COMPARING: Readonly<Record<string, keyof typeof COMPARATORS>> = {
  is: 'is',
  is_not: 'is_not',
  at_least: 'at_least',
  more_than: 'more_than',
  at_most: 'at_most',
  less_than: 'less_than',
  before: 'before',
  after: 'after',
  [IN_FACT]: 'in',
  not_in: 'not_in',
  // Widens the standard operator, which looks into lists only.
  contains: 'contains',
};

/**
 * Registers our operators with an engine, judged as of `now`. Make the engine with `allowUndefinedFacts: true`: a fact
 * that is not known is left out. An operator of ours answers false to what it cannot compare; the engine has no unknown,
 * so a `not` above turns that into true. Ask `evaluate` where that matters.
 */
export function addOperators(engine: Engine, { now, calendar }: Pick<Seen, 'now' | 'calendar'>): void {
  for (const [name, operator] of Object.entries(COMPARING)) {
    engine.addOperator(name, (fact: unknown, against: unknown) => holds(operator, fact, against));
  }
  // Object.keys forgets that the keys are the operators.
  for (const operator of Object.keys(COMPARATORS) as ComparingOperator[]) {
    engine.addOperator(comparableBy(operator), (fact: unknown, against: unknown) => {
      const [value, operand] = [fromFact(fact), fromFact(against)];
      return value !== undefined && operand !== undefined && typeof COMPARATORS[operator](value, operand) === 'boolean';
    });
  }
  engine.addOperator('is_known', (fact: unknown, wanted: unknown) => (fact !== undefined) === wanted);
  engine.addOperator('within', (day: unknown, span: Duration) => {
    const value = fromFact(day);
    return value !== undefined && isWithin(calendar, now, value, span) === true;
  });
  engine.addOperator('ago', (day: unknown, span: Duration) => {
    const value = fromFact(day);
    return value !== undefined && isAgo(calendar, now, value, span) === true;
  });
  for (const which of ['all', 'any'] as const) {
    engine.addOperator(STAND_IN[which], (children: unknown, places: readonly string[]) => {
      if (!Array.isArray(children) || children.length === 0) return false;
      const standsSo = (one: unknown): boolean => Array.isArray(one) && places.some((place) => one.includes(place));
      return which === 'all' ? children.every(standsSo) : children.some(standsSo);
    });
  }
  engine.addOperator(LOGGED_WITHIN, (last: unknown, span: Duration) => {
    return typeof last === 'string' && addDuration(calendar, last, span) >= now;
  });
}

function holds(operator: keyof typeof COMPARATORS, fact: unknown, against: unknown): boolean {
  const value = fromFact(fact);
  const operand = fromFact(against);
  if (value === undefined || operand === undefined) return false;
  const comparison: Comparison = COMPARATORS[operator](value, operand);
  return comparison === true;
}

function toFact(value: Value): unknown {
  return isMoney(value) ? ({ [value.currency]: value.minor } satisfies RulesEngineMoney) : value;
}

/** Undoes `toFact`; undefined for what none of our values look like. */
function fromFact(fact: unknown): Value | undefined {
  if (typeof fact === 'string' || typeof fact === 'number' || typeof fact === 'boolean') return fact;
  if (typeof fact !== 'object' || fact === null) return undefined;
  if (Array.isArray(fact)) return fact.every((item) => typeof item === 'string') ? fact : undefined;
  const [entry] = Object.entries(fact);
  return entry !== undefined && typeof entry[1] === 'number' ? { currency: entry[0], minor: entry[1] } : undefined;
}

/** The facts that exported conditions name, as `engine.run` takes them; those not known are left out. */
export function rulesEngineFacts(conditions: readonly Condition[], seen: Seen): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  const put = (name: string, value: unknown) => {
    if (value !== undefined) facts[name] = value;
  };
  const putFact = (name: string) => {
    const value = seen.fact(name);
    if (value !== undefined) put(name, toFact(value));
  };
  const visit = (condition: Condition): void => {
    switch (condition.kind) {
      case 'all':
      case 'any':
        for (const part of condition.of) visit(part);
        return;
      case 'not':
        visit(condition.of);
        return;
      case 'fact':
        putFact(condition.fact);
        if (condition.operand.kind === 'fact') putFact(condition.operand.fact);
        return;
      case 'field': {
        const value = seen.field?.(condition.field);
        if (value !== undefined) put(`field:${condition.field}`, toFact(value));
        if (condition.operand.kind === 'fact') putFact(condition.operand.fact);
        return;
      }
      case 'evidence':
        put(`evidence:${condition.evidence}`, seen.evidence(condition.evidence).standing);
        return;
      case 'milestone': {
        const truth = truthOf(condition, seen);
        put(`milestone:${condition.milestone}`, truth === 'unknown' ? undefined : truth);
        return;
      }
      case 'approval':
        put(`approval:${condition.approval}`, seen.approval(condition.approval).standing);
        return;
      case 'task':
        put(`task:${condition.task}`, seen.task(condition.task));
        return;
      case 'activity':
        put(`activity:${condition.activity}`, seen.activity(condition.activity));
        return;
      case 'decision': {
        const [current] = evaluate(condition, seen).leaves;
        put(decisionFact(condition), current?.seen);
        put(maybeFact(condition), seen.decision?.(condition.decision).maybe);
        return;
      }
      case 'child':
        put(
          `child:${condition.pipeline}`,
          seen.children(condition.pipeline).map((child) => child.in),
        );
    }
  };
  for (const condition of conditions) visit(condition);
  return facts;
}

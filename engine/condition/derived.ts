/** Facts that are computed from others whenever they are read, and unknown whenever an input is. */

import type { Fact, Formula, Value } from '../playbook/value.ts';
import { daysBetween, FOLDS, fold, minus, ratio, times } from './arithmetic.ts';
import { truthOf } from './evaluate.ts';
import type { Seen, Surroundings } from './seen.ts';

export type FactReader = (name: string) => Value | undefined;

/**
 * Reads facts by name: those set through `values`, derived ones by their formula, each computed once per reader, so
 * make a new one when a value changes. A formula is unknown (undefined) when an input is missing, currencies differ,
 * something is divided by zero, the result is beyond exact numbers, or it leads back to itself.
 *
 * @param around what conditions of a `score` may look at beside facts
 */
export function factReader(
  facts: Readonly<Record<string, Fact>>,
  values: (name: string) => Value | undefined,
  around: Surroundings,
): FactReader {
  const known = new Map<string, Value | undefined>();

  const read: FactReader = (name) => {
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (fact?.from === undefined) return values(name);
    if (known.has(name)) return known.get(name);
    // Stands for the answer while it is being computed: a formula that meets itself finds nothing.
    known.set(name, undefined);
    const value = compute(fact.from, { facts, read, seen });
    known.set(name, value);
    return value;
  };
  const seen: Seen = { ...around, fact: read };
  return read;
}

interface Inputs {
  readonly facts: Readonly<Record<string, Fact>>;
  readonly read: FactReader;
  readonly seen: Seen;
}

function compute(formula: Formula, inputs: Inputs): Value | undefined {
  switch (formula.kind) {
    case 'constant':
      return formula.value;
    case 'fact':
      return inputs.read(formula.fact);
    case 'count': {
      const list = inputs.read(formula.fact);
      return Array.isArray(list) ? list.length : undefined;
    }
    case 'rows':
      return overRows(formula, inputs);
    case 'score':
      return score(formula.points, inputs.seen);
    default:
      return overParts(formula, inputs);
  }
}

type PartsFormula = Extract<Formula, { of: readonly Formula[] }>;

function overParts(formula: PartsFormula, inputs: Inputs): Value | undefined {
  const parts: Value[] = [];
  for (const part of formula.of) {
    const value = compute(part, inputs);
    if (value === undefined) return undefined;
    parts.push(value);
  }
  switch (formula.kind) {
    case 'minus':
      return fold(parts, minus);
    case 'times':
      return fold(parts, times);
    case 'ratio':
      return pair(parts, ratio);
    case 'days_between':
      return pair(parts, daysBetween);
    default:
      return fold(parts, FOLDS[formula.kind]);
  }
}

function pair(parts: readonly Value[], two: (a: Value, b: Value) => Value | undefined): Value | undefined {
  const [a, b] = parts;
  return a === undefined || b === undefined || parts.length > 2 ? undefined : two(a, b);
}

function overRows(formula: Extract<Formula, { kind: 'rows' }>, { facts, read }: Inputs): Value | undefined {
  const rows = read(formula.fact);
  if (!Array.isArray(rows)) return undefined;
  const column: Value[] = [];
  for (const row of rows) {
    const cell = typeof row === 'object' && Object.hasOwn(row, formula.column) ? row[formula.column] : undefined;
    if (cell === undefined) return undefined;
    column.push(cell);
  }
  if (column.length > 0) return fold(column, FOLDS[formula.how]);
  return formula.how === 'sum' ? nothingOf(facts[formula.fact], formula.column) : undefined;
}

/** The sum of no rows: zero in the column's own measure, unknown when that has no currency of its own. */
function nothingOf(fact: Fact | undefined, column: string): Value | undefined {
  const field = fact?.fields?.find((candidate) => candidate.field === column);
  if (field?.type === 'number' || field?.type === 'percent') return 0;
  return field?.type === 'money' && field.currency !== undefined ? { minor: 0, currency: field.currency } : undefined;
}

function score(points: Extract<Formula, { kind: 'score' }>['points'], seen: Seen): number | undefined {
  let total = 0;
  for (const { when, points: worth } of points) {
    const truth = truthOf(when, seen);
    if (truth === 'unknown') return undefined;
    if (truth) total += worth;
  }
  return total;
}

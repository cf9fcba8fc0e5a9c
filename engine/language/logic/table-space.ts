/** The space that the rules of a table divide: for each thing they look at, the values that no rule tells apart as one cell. */

import { COMPARATORS } from '../../condition/compare.ts';
import type { Leaf, Operator } from '../../playbook/condition.ts';
import type { Text } from '../../playbook/text.ts';
import type { Fact, Value } from '../../playbook/value.ts';
import { valueText } from '../../playbook/value-text.ts';
import type { Literal, Normal } from './literal.ts';
import { comparedCells, thingText, valueCells } from './table-cells.ts';

type FactLeaf = Extract<Leaf, { kind: 'fact' }>;

/** Values that all rules answer alike; `value` absent: nothing is known. */
export interface Cell {
  readonly value?: Value;
  readonly text: Text;
}

export interface Dimension {
  readonly name: Text;
  readonly cells: readonly Cell[];
}

/** Stretches of cells, both ends counted, in order. */
export type Runs = readonly (readonly [number, number])[];

/** What one way of holding asks of each dimension; a dimension not named may be anything. */
export type Box = ReadonlyMap<number, Runs>;

export interface Space {
  readonly dimensions: readonly Dimension[];
  /** Of each rule the ways in which it holds; absent where they are too many to list. */
  readonly rules: readonly (readonly Box[] | undefined)[];
}

/** More ways to hold than this of one rule are not listed. */
export const WAYS_AT_MOST = 64;

/** Conditions over facts as they are known: that one is not known counts only where a rule asks whether it is. */
export function spaceOf(conditions: readonly Normal[], facts: Readonly<Record<string, Fact>>): Space {
  const keys = new Map<string, Literal[]>();
  for (const literal of conditions.flatMap(literalsIn)) {
    const key = keyOf(literal.leaf);
    keys.set(key, [...(keys.get(key) ?? []), literal]);
  }
  const dimensions = [...keys.values()].map((literals) => dimensionOf(literals, facts));
  const numbers = new Map([...keys.keys()].map((key, number) => [key, number]));
  const known = new Map<string, Runs>();
  const runsOf = (literal: Literal): readonly [number, Runs] => {
    const number = numbers.get(keyOf(literal.leaf)) ?? 0;
    const { at: _at, ...leaf } = literal.leaf;
    const name = JSON.stringify([leaf, literal.negated]);
    const runs = known.get(name) ?? runsWhere(dimensions[number]?.cells ?? [], (cell) => holds(literal, cell));
    known.set(name, runs);
    return [number, runs];
  };
  return { dimensions, rules: conditions.map((condition) => boxesOf(condition, runsOf)) };
}

function literalsIn(condition: Normal): readonly Literal[] {
  return condition.kind === 'literal' ? [condition] : condition.of.flatMap(literalsIn);
}

/** Leaves of the same key look at the same thing. */
function keyOf(leaf: Leaf): string {
  if (leaf.kind === 'fact' && comparesValue(leaf)) return `fact ${leaf.fact}`;
  if (leaf.kind === 'fact' && leaf.operand.kind === 'fact') return `facts ${leaf.fact} ${leaf.operand.fact}`;
  const { at: _at, ...said } = leaf;
  return JSON.stringify(said);
}

const BY_ITSELF: ReadonlySet<Operator> = new Set(['contains', 'within', 'ago']);

function comparesValue({ operator, operand }: FactLeaf): boolean {
  return operand.kind === 'value' && !BY_ITSELF.has(operator);
}

/** @param literals at least one, all of the same key */
function dimensionOf(literals: readonly Literal[], facts: Readonly<Record<string, Fact>>): Dimension {
  const leaf = literals[0]?.leaf;
  if (leaf === undefined) return { name: { zh: '', en: '' }, cells: [] };
  if (leaf.kind !== 'fact') return { name: thingText(leaf), cells: YES_OR_NO };
  const name = { zh: `\`${leaf.fact}\``, en: `\`${leaf.fact}\`` };
  if (comparesValue(leaf)) return { name, cells: cellsOfFact(leaf.fact, literals, facts) };
  if (leaf.operand.kind === 'fact') return { name, cells: comparedCells(leaf.operand.fact) };
  return { name: thingText(leaf), cells: YES_OR_NO };
}

const YES_OR_NO: readonly Cell[] = [
  { value: true, text: { zh: '是', en: 'yes' } },
  { value: false, text: { zh: '否', en: 'no' } },
];

function cellsOfFact(
  name: string,
  literals: readonly Literal[],
  facts: Readonly<Record<string, Fact>>,
): readonly Cell[] {
  const leaves = literals.map(({ leaf }) => leaf).filter((leaf) => leaf.kind === 'fact');
  const operands = leaves.flatMap(({ operator, operand }): Value[] => {
    if (operand.kind !== 'value' || operator === 'is_known') return [];
    const { value } = operand;
    // A list stands for its members: only `in` and `not_in` come with one.
    return isList(value) ? [...value] : [value];
  });
  const fact = facts[name];
  // Choices by their ids, as the author wrote them.
  const cells = valueCells(fact, operands).map(
    (value): Cell => ({ value, text: valueText(value, fact && { type: fact.type }) }),
  );
  const asksIfKnown = leaves.some(({ operator }) => operator === 'is_known');
  return asksIfKnown ? [...cells, { text: { zh: '未知', en: 'not known' } }] : cells;
}

function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether the literal is true of the cell; of what is not known nothing is but that. */
function holds({ leaf, negated }: Literal, { value }: Cell): boolean {
  if (leaf.kind !== 'fact' || !(comparesValue(leaf) || leaf.operand.kind === 'fact'))
    return (value === true) !== negated;
  const { operator, operand } = leaf;
  if (operand.kind === 'fact') return holdsBetween(operator, value) !== negated;
  if (operand.kind !== 'value') return false;
  if (operator === 'is_known') return ((value !== undefined) === operand.value) !== negated;
  if (value === undefined || operator === 'within' || operator === 'ago') return false;
  return COMPARATORS[operator](value, operand.value) === !negated;
}

/** The cell says how the one compares with the other: -1, 0, 1. */
function holdsBetween(operator: Operator, value: Value | undefined): boolean {
  if (typeof value !== 'number' || operator === 'is_known' || operator === 'within' || operator === 'ago') return false;
  return COMPARATORS[operator](value, 0) === true;
}

function runsWhere(cells: readonly Cell[], isIn: (cell: Cell) => boolean): Runs {
  const runs: [number, number][] = [];
  for (const [index, cell] of cells.entries()) {
    if (!isIn(cell)) continue;
    const last = runs.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

function boxesOf(condition: Normal, runsOf: (literal: Literal) => readonly [number, Runs]): readonly Box[] | undefined {
  if (condition.kind === 'literal') {
    const [dimension, runs] = runsOf(condition);
    return runs.length === 0 ? [] : [new Map([[dimension, runs]])];
  }
  let boxes: readonly Box[] = condition.kind === 'all' ? [new Map()] : [];
  for (const part of condition.of) {
    const more = boxesOf(part, runsOf);
    if (more === undefined) return undefined;
    boxes =
      condition.kind === 'any'
        ? [...boxes, ...more]
        : boxes.flatMap((box) => more.flatMap((other) => meetOf(box, other) ?? []));
    if (boxes.length > WAYS_AT_MOST) return undefined;
  }
  return boxes;
}

/** What two ways have in common; absent: nothing. */
export function meetOf(one: Box, other: Box): Box | undefined {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  const shared = new Map(large);
  for (const [dimension, runs] of small) {
    const theirs = large.get(dimension);
    const both = theirs === undefined ? runs : meetRuns(runs, theirs);
    if (both.length === 0) return undefined;
    shared.set(dimension, both);
  }
  return shared;
}

export function doMeet(one: Box, other: Box): boolean {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  for (const [dimension, runs] of small) {
    const theirs = large.get(dimension);
    if (theirs !== undefined && !runs.some(([from, to]) => theirs.some((run) => run[0] <= to && from <= run[1])))
      return false;
  }
  return true;
}

/** Whether all of the one lies in the other. */
export function isWithin(inner: Box, outer: Box): boolean {
  for (const [dimension, runs] of outer) {
    const own = inner.get(dimension);
    if (own === undefined || !own.every(([from, to]) => runs.some((run) => run[0] <= from && to <= run[1])))
      return false;
  }
  return true;
}

function meetRuns(some: Runs, others: Runs): Runs {
  return some.flatMap(([from, to]) =>
    others.flatMap(
      ([start, end]): Runs => (start <= to && from <= end ? [[Math.max(from, start), Math.min(to, end)]] : []),
    ),
  );
}

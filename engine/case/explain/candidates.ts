/** Values worth trying for a fact: what the conditions compare it with, and the neighbours on either side. */

import { isMoney } from '../../condition/compare.ts';
import type { FactReader } from '../../condition/derived.ts';
import type { Leaf } from '../../playbook/condition.ts';
import type { Fact, Row, Value } from '../../playbook/value.ts';
import { addDuration, localDate, startOfDay, type WorkingCalendar } from '../../time/calendar.ts';
import type { Instant } from '../../time/instant.ts';
import { invert, measure, valueAt } from './invert.ts';
import { baseFactsOf } from './leaves-of.ts';

type FactLeaf = Extract<Leaf, { kind: 'fact' }>;

export interface Situation {
  readonly facts: Readonly<Record<string, Fact>>;
  readonly read: FactReader;
  readonly calendar: WorkingCalendar;
  readonly now: Instant;
}

/** More than this many values for one fact are not tried. */
const MOST = 64;

/**
 * Candidate values for every base fact that the leaves rest on. A leaf that compares two facts, or a derived one, makes
 * candidates of one fact from those of the other, so the values are gathered in rounds.
 */
export function candidateValues(leaves: readonly Leaf[], situation: Situation): ReadonlyMap<string, readonly Value[]> {
  const factLeaves = leaves.filter((leaf) => leaf.kind === 'fact');
  const values = new Map<string, Map<string, Value>>();
  for (const leaf of factLeaves) {
    for (const name of factsOf(leaf, situation.facts)) if (!values.has(name)) values.set(name, new Map());
  }
  for (const [name, tried] of values) {
    const spec = situation.facts[name];
    if (spec !== undefined) addAll(tried, spec, startingValues(spec, leavesOn(name, factLeaves), situation));
  }
  for (let round = 0; round < 2; round++) {
    for (const [name, tried] of values) {
      const spec = situation.facts[name];
      if (spec !== undefined) addAll(tried, spec, valuesFromOthers(name, spec, factLeaves, values, situation));
    }
  }
  return new Map([...values].map(([name, tried]) => [name, [...tried.values()]]));
}

/** The base facts a leaf's truth rests on. */
export function factsOf(leaf: FactLeaf, facts: Readonly<Record<string, Fact>>): ReadonlySet<string> {
  const base = new Set(baseFactsOf(leaf.fact, facts));
  if (leaf.operand.kind === 'fact') for (const name of baseFactsOf(leaf.operand.fact, facts)) base.add(name);
  return base;
}

function leavesOn(name: string, leaves: readonly FactLeaf[]): readonly FactLeaf[] {
  return leaves.filter((leaf) => leaf.fact === name);
}

function addAll(tried: Map<string, Value>, spec: Fact, more: readonly Value[]): void {
  for (const value of more) {
    if (tried.size >= MOST) return;
    if (isAllowed(spec, value)) tried.set(JSON.stringify(value), value);
  }
}

function isAllowed(spec: Fact, value: Value): boolean {
  const size = measure(value);
  if (spec.type === 'money' && isMoney(value) && value.minor < 0 && spec.min === undefined) return false;
  const [low, high] = [limit(spec.min), limit(spec.max)];
  return size === undefined || ((low === undefined || size >= low) && (high === undefined || size <= high));
}

function limit(bound: number | string | undefined): number | undefined {
  return bound === undefined ? undefined : measure(bound);
}

/** What the leaves on the fact itself suggest, or anything at all of its type when they suggest nothing. */
function startingValues(spec: Fact, leaves: readonly FactLeaf[], situation: Situation): readonly Value[] {
  const operands = leaves.flatMap((leaf) => (leaf.operand.kind === 'value' ? asList(leaf.operand.value) : []));
  switch (spec.type) {
    case 'yes_no':
      return [true, false];
    case 'choice':
      return Object.keys(spec.choices ?? {});
    case 'choices':
      return choiceLists(spec, operands);
    case 'text':
    case 'link':
      return [...operands, operands.filter((operand) => typeof operand === 'string').join(' '), 'https://example.com/'];
    case 'person':
      return operands;
    case 'rows':
      return [rowsOf(spec, 0), rowsOf(spec, 1)];
    case 'date':
      return dates(leaves, operands, situation);
    default:
      return [...operands.flatMap((operand) => neighbours(spec, operand)), ...anySize(spec, operands)];
  }
}

function asList(value: Value | readonly Value[]): readonly Value[] {
  return isList(value) ? value : [value];
}

function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

function choiceLists(spec: Fact, operands: readonly Value[]): readonly Value[] {
  const all = Object.keys(spec.choices ?? {});
  const named = all.filter((choice) => operands.includes(choice));
  return [
    named,
    ...all.map((choice) => [choice]),
    ...all.map((choice) => named.filter((other) => other !== choice)),
    all,
    [],
  ];
}

function dates(
  leaves: readonly FactLeaf[],
  operands: readonly Value[],
  { calendar, now }: Situation,
): readonly Value[] {
  const today = localDate(calendar, now);
  const spans = leaves.flatMap(({ operand }) => (operand.kind === 'duration' ? [operand.duration] : []));
  const ahead = spans.map((span) => localDate(calendar, addDuration(calendar, startOfDay(calendar, today), span)));
  const mirrored = ahead.flatMap((day) => mirror(today, day));
  return [today, ...operands, ...ahead, ...mirrored].flatMap(nextDays);
}

/** The days as far in the past as `day` lies in the future, and further. */
function mirror(today: string, day: string): readonly Value[] {
  const distance = Date.parse(day) - Date.parse(today);
  return [1, 2].map((times) => new Date(Date.parse(today) - times * distance).toISOString().slice(0, 10));
}

function nextDays(day: Value): readonly Value[] {
  if (typeof day !== 'string') return [];
  return [0, -1, 1].map((days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10));
}

/** Sizes to try where no condition names one: a derived fact may need any. */
function anySize(spec: Fact, operands: readonly Value[]): readonly Value[] {
  const currency = currencyOf(spec, operands);
  const bounds = [spec.min, spec.max].flatMap((bound) => (typeof bound === 'number' ? [bound] : []));
  const sizes =
    spec.type === 'percent' ? [0.5, 0, 1, 0.1] : spec.type === 'money' ? [100_000, 100, 0] : [1, 0, 10, 100];
  return [...bounds, ...sizes].flatMap((size) => present(valueAt(spec, size, currency)));
}

/** A list of one or none, which `flatMap` keeps whole even when the value is a list itself. */
function present(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}

function currencyOf(spec: Fact, values: readonly Value[]): string {
  return spec.currency ?? values.find(isMoney)?.currency ?? 'CNY';
}

/** A value and the next ones below and above it, to its type's grain. */
function neighbours(spec: Fact, value: Value): readonly Value[] {
  const size = measure(value);
  if (size === undefined) return [value];
  const currency = isMoney(value) ? value.currency : currencyOf(spec, []);
  const grains = spec.type === 'percent' ? [0.01, 0.1] : [1];
  const around = grains.flatMap((grain) => [
    size - grain,
    size + grain,
    Math.floor(size / grain) * grain,
    Math.ceil(size / grain) * grain,
  ]);
  return [value, ...around.flatMap((near) => present(valueAt(spec, near, currency)))];
}

function rowsOf(spec: Fact, count: number): readonly Row[] {
  const row: Record<string, Value> = {};
  for (const field of spec.fields ?? []) {
    const value = valueAt({ ...spec, type: field.type, fact: field.field }, 1, field.currency ?? 'CNY');
    if (value !== undefined) row[field.field] = value;
  }
  return Array.from({ length: Math.min(count, 100) }, () => row);
}

/** What the fact would have to be for leaves on other facts, or on facts derived from it, to turn. */
function valuesFromOthers(
  name: string,
  spec: Fact,
  leaves: readonly FactLeaf[],
  values: ReadonlyMap<string, ReadonlyMap<string, Value>>,
  situation: Situation,
): readonly Value[] {
  const found: Value[] = [];
  for (const leaf of leaves) {
    if (!factsOf(leaf, situation.facts).has(name)) continue;
    for (const [side, against] of sidesOf(leaf)) {
      if (!baseFactsOf(side, situation.facts).has(name)) continue;
      for (const target of targetsOf(against, situation, values))
        found.push(...reaching(name, spec, side, target, situation, values));
    }
  }
  return found;
}

type Against = { readonly value: Value } | { readonly fact: string };

/** Each fact of the leaf with what it is compared with. */
function sidesOf(leaf: FactLeaf): readonly (readonly [string, Against])[] {
  const { operand } = leaf;
  if (operand.kind === 'value') return asList(operand.value).map((value) => [leaf.fact, { value }] as const);
  if (operand.kind !== 'fact') return [];
  return [
    [leaf.fact, { fact: operand.fact }],
    [operand.fact, { fact: leaf.fact }],
  ];
}

function targetsOf(
  against: Against,
  situation: Situation,
  values: ReadonlyMap<string, ReadonlyMap<string, Value>>,
): readonly Value[] {
  if ('value' in against) return [against.value];
  const now = situation.read(against.fact);
  const tried = [...(values.get(against.fact)?.values() ?? [])].slice(0, 8);
  return now === undefined ? tried : [now, ...tried];
}

/** Values of `name` that bring `side` to `target` or next to it, with the other facts as they are or as first tried. */
function reaching(
  name: string,
  spec: Fact,
  side: string,
  target: Value,
  situation: Situation,
  values: ReadonlyMap<string, ReadonlyMap<string, Value>>,
): readonly Value[] {
  const size = measure(target);
  if (size === undefined) return side === name ? [target] : [];
  const read: FactReader = (fact) => situation.read(fact) ?? values.get(fact)?.values().next().value;
  const formula = { kind: 'fact', fact: side, at: spec.at } as const;
  const currency = isMoney(target) ? target.currency : currencyOf(spec, [...(values.get(name)?.values() ?? [])]);
  const sizes = invert(formula, size, { facts: situation.facts, wanted: name, read });
  return sizes.flatMap((needed) => {
    if (spec.type === 'rows') return [rowsOf(spec, Math.floor(needed)), rowsOf(spec, Math.ceil(needed) + 1)];
    const value = valueAt(spec, needed, currency);
    return value === undefined ? [] : neighbours(spec, value);
  });
}

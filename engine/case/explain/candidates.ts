/** Values worth trying for each fact: whatever might turn one of the conditions that rest on it. */

import { isMoney } from '../../condition/compare.ts';
import { parseValue } from '../../form/parse-value.ts';
import { plainValue } from '../../form/plain-answers.ts';
import type { Leaf } from '../../playbook/condition.ts';
import type { Fact, Value } from '../../playbook/value.ts';
import { lookUp } from '../look-up.ts';
import { dialsOf } from './dials.ts';
import { type Reach, reachOf } from './leaves-of.ts';
import { measure, valueAt } from './measure.ts';
import { namedValues } from './named-values.ts';
import { operandsOf, signsOf } from './sign-of.ts';
import type { Situation } from './situation.ts';
import { turningPoints } from './turning-points.ts';

type FactLeaf = Extract<Leaf, { kind: 'fact' }>;

/** More than this many values for one fact are not tried. */
const MOST = 120;
/** How many values of the other facts in a leaf are tried while one is turned. */
const OTHERS = 4;

/** By fact, for every base fact in reach; each value is one that `set_facts` would take. */
export function candidateValues(situation: Situation, reach: Reach): ReadonlyMap<string, readonly Value[]> {
  const candidates = new Candidates(situation, reach);
  for (const name of reach.facts) candidates.start(name);
  // What one fact must be may hang on what another is set to, so the second round starts from the first.
  for (let round = 0; round < 2; round++) for (const leaf of candidates.leaves) candidates.turn(leaf);
  for (const name of reach.facts) candidates.fill(name);
  return candidates.found;
}

class Candidates {
  readonly leaves: readonly FactLeaf[];
  private readonly values = new Map<string, Map<string, Value>>();
  private readonly situation: Situation;
  private readonly currencies: readonly string[];

  constructor(situation: Situation, reach: Reach) {
    this.situation = situation;
    this.leaves = reach.leaves.filter((leaf) => leaf.kind === 'fact');
    const known = [
      ...this.leaves.flatMap(operandsOf),
      ...[...reach.facts].flatMap((name) => present(situation.set(name))),
    ];
    this.currencies = [...new Set(known.filter(isMoney).map(({ currency }) => currency)), 'CNY'].slice(0, 3);
  }

  get found(): ReadonlyMap<string, readonly Value[]> {
    return new Map([...this.values].map(([name, tried]) => [name, [...tried.values()]]));
  }

  /** What the leaves on the fact itself name, and something at all of its type. */
  start(name: string): void {
    const spec = lookUp(this.situation.facts, name);
    if (spec === undefined) return;
    this.values.set(name, new Map());
    const named = this.leaves.filter((leaf) => leaf.fact === name).flatMap(operandsOf);
    const plain = present(plainValue(spec, this.situation.plain));
    const dials = dialsOf(spec, { values: plain, currencies: this.currencies }, this.situation);
    const seeds = dials.flatMap((dial) => dial.seeds.flatMap((x) => present(dial.value(x))));
    this.add(name, [...namedValues(spec, named, this.situation), ...seeds, ...plain]);
  }

  /** Values of each fact of the leaf at which it turns, and those of facts it is compared with. */
  turn(leaf: FactLeaf): void {
    const around = { facts: this.situation.facts, milestone: this.situation.around.milestone };
    const names = [...reachOf([leaf], around).facts];
    for (const name of names) {
      const spec = lookUp(this.situation.facts, name);
      if (spec === undefined) continue;
      const others = names.filter((other) => other !== name);
      for (const fixed of this.standings(others)) this.turnOne(leaf, name, spec, fixed);
    }
    if (leaf.operand.kind === 'fact') this.exchange(leaf.fact, leaf.operand.fact, names);
  }

  /** What one fact may be the other may be too, a text as well as a number; of facts computed, what is behind them. */
  private exchange(one: string, other: string, names: readonly string[]): void {
    const areSet = names.includes(one) && names.includes(other);
    for (const name of names) {
      for (const from of names) if (from !== name) this.add(name, areSet ? this.tried(from) : few(this.tried(from)));
    }
  }

  private turnOne(leaf: FactLeaf, name: string, spec: Fact, fixed: ReadonlyMap<string, Value>): void {
    const values = this.tried(name);
    const probes = [...this.leaves.flatMap(operandsOf), ...values].flatMap((value) => measure(value) ?? []);
    for (const dial of dialsOf(spec, { values, currencies: this.currencies }, this.situation)) {
      const read = (x: number) => (fact: string) => (fact === name ? dial.value(x) : fixed.get(fact));
      for (const signOf of signsOf(leaf, this.situation)) {
        const points = turningPoints((x) => signOf(read(x)), [...dial.probes, ...probes], dial.grain);
        this.add(
          name,
          points.flatMap((x) => present(dial.value(x))),
        );
      }
    }
  }

  /** The other facts as they are, or as first tried where unknown; then each of them at a few other values. */
  private standings(names: readonly string[]): readonly ReadonlyMap<string, Value>[] {
    const now = new Map(
      names.flatMap((name) =>
        this.tried(name)
          .slice(0, 1)
          .map((value) => [name, value] as const),
      ),
    );
    const moved = names.flatMap((name) => few(this.tried(name)).map((value) => new Map(now).set(name, value)));
    return [now, ...moved];
  }

  /** As it is, if known, then the candidates. */
  private tried(name: string): readonly Value[] {
    const now = this.situation.set(name);
    return [...present(now), ...(this.values.get(name)?.values() ?? [])];
  }

  /** Values between the others: two conditions may leave only those. */
  fill(name: string): void {
    const spec = lookUp(this.situation.facts, name);
    const tried = [...(this.values.get(name)?.values() ?? [])];
    const sizes = [...new Set(tried.flatMap((value) => measure(value) ?? []))].sort((a, b) => a - b);
    const gaps = sizes.slice(1).map((size, index) => between(sizes[index] ?? size, size));
    const currency = tried.find(isMoney)?.currency ?? 'CNY';
    if (spec !== undefined)
      this.add(
        name,
        gaps.flatMap((size) => present(valueAt(spec.type, size, currency))),
      );
  }

  private add(name: string, more: readonly Value[]): void {
    const spec = lookUp(this.situation.facts, name);
    const tried = this.values.get(name);
    if (spec === undefined || tried === undefined) return;
    const { people, around } = this.situation;
    const context = { ...(people && { people }), now: around.now, calendar: around.calendar };
    for (const value of more) {
      if (tried.size >= MOST) return;
      const key = JSON.stringify(value);
      if (tried.has(key)) continue;
      const parsed = parseValue(spec, value, context);
      if (parsed.ok) tried.set(JSON.stringify(parsed.value), parsed.value);
    }
  }
}

/** A list of one or none, which `flatMap` keeps whole even when the value is a list itself. */
function present(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}

/** The first few, which conditions name, and some of the others, from first to last. */
function few(values: readonly Value[]): readonly Value[] {
  const others = values.slice(OTHERS);
  const step = Math.max(1, Math.ceil(others.length / OTHERS));
  return [...values.slice(0, OTHERS), ...others.filter((_value, index) => index % step === 0)];
}

/** A number between two, round if there is one. */
function between(low: number, high: number): number {
  const half = low + (high - low) / 2;
  const round = Math.round(half);
  return round > low && round < high ? round : half;
}

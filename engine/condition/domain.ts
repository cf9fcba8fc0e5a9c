/** What is left of the options of each variable once some leaves must come out as wanted, and what that costs at least. */

import type { Leaf } from '../playbook/condition.ts';
import { type Changes, satisfies, type Want } from './changes.ts';
import { cheapestPicks } from './cheapest-picks.ts';
import type { Goal, LeafGoal } from './goal.ts';

/** How many picks to look at for what one leaf of several variables costs at least. */
const LOOKS = 2_000;

/** Options by variable, cheapest first, and which of them bring a leaf about: worked out once for a search. */
export class Options {
  readonly changes: Changes;
  private readonly leastByGoal = new Map<LeafGoal, number>();
  private readonly byVariable = new Map<string, readonly number[]>();
  private readonly byLeaf = new Map<Leaf, Map<Want, ReadonlySet<number>>>();

  constructor(changes: Changes) {
    this.changes = changes;
  }

  of(variable: string): readonly number[] {
    let options = this.byVariable.get(variable);
    if (options === undefined) {
      const costs = this.changes.costs(variable);
      options = costs.map((_cost, option) => option).sort((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0));
      this.byVariable.set(variable, options);
    }
    return options;
  }

  cost(variable: string, option: number | undefined): number {
    return option === undefined ? Number.POSITIVE_INFINITY : (this.changes.costs(variable)[option] ?? 0);
  }

  /** What the leaf costs at least by itself; infinite when it cannot be met, nothing when that takes too long to say. */
  least(goal: LeafGoal): number {
    let least = this.leastByGoal.get(goal);
    if (least === undefined) {
      let left = LOOKS;
      const component = { variables: goal.variables, leaves: [goal], restrictions: [] };
      const bound = { below: Number.POSITIVE_INFINITY, spend: () => left-- > 0, prune: () => {} };
      const picks = cheapestPicks(component, new Domain(this), this, bound);
      least = left < 0 ? 0 : picks === undefined ? Number.POSITIVE_INFINITY : this.total(picks);
      this.leastByGoal.set(goal, least);
    }
    return least;
  }

  total(picks: ReadonlyMap<string, number>): number {
    return [...picks].reduce((sum, [variable, option]) => sum + this.cost(variable, option), 0);
  }

  /** The options of the leaf's one variable that bring it about. */
  meeting(variable: string, { leaf, want }: LeafGoal): ReadonlySet<number> {
    const wants = this.byLeaf.get(leaf) ?? new Map<Want, ReadonlySet<number>>();
    this.byLeaf.set(leaf, wants);
    let options = wants.get(want);
    if (options === undefined) {
      options = new Set(
        this.of(variable).filter((option) =>
          satisfies(
            this.changes.truth(leaf, () => option),
            want,
          ),
        ),
      );
      wants.set(want, options);
    }
    return options;
  }
}

/** Never changes: demanding a leaf gives a narrower one. */
export class Domain {
  /** The least that the demanded leaves of one variable cost together. */
  readonly floor: number;
  /** Demanded leaves of several variables: they narrow no single one. */
  readonly shared: readonly LeafGoal[];
  private readonly options: Options;
  private readonly allowed: ReadonlyMap<string, readonly number[]>;

  constructor(
    options: Options,
    allowed: ReadonlyMap<string, readonly number[]> = new Map(),
    shared: readonly LeafGoal[] = [],
    floor = 0,
  ) {
    this.options = options;
    this.allowed = allowed;
    this.shared = shared;
    this.floor = floor;
  }

  /** Cheapest first. */
  allowedFor(variable: string): readonly number[] {
    return this.allowed.get(variable) ?? this.options.of(variable);
  }

  /** Variables that demanded leaves have narrowed. */
  get narrowed(): Iterable<string> {
    return this.allowed.keys();
  }

  /** Undefined when no options bring about this leaf and those before. */
  demanding(goal: LeafGoal): Domain | undefined {
    const [variable, ...others] = goal.variables;
    if (variable === undefined || others.length > 0) {
      if (this.shared.includes(goal)) return this;
      if (this.options.least(goal) === Number.POSITIVE_INFINITY) return undefined;
      return new Domain(this.options, this.allowed, [...this.shared, goal], this.floor);
    }
    const before = this.allowedFor(variable);
    const meeting = this.options.meeting(variable, goal);
    const after = before.filter((option) => meeting.has(option));
    if (after.length === 0) return undefined;
    if (after.length === before.length) return this;
    const rise = this.options.cost(variable, after[0]) - this.options.cost(variable, before[0]);
    return new Domain(this.options, new Map(this.allowed).set(variable, after), this.shared, this.floor + rise);
  }

  /** Whether the goal comes about whichever of the allowed options are taken. */
  assures(goal: Goal): boolean {
    switch (goal.kind) {
      case 'leaf': {
        const [variable, ...others] = goal.variables;
        if (variable === undefined || others.length > 0) return this.shared.includes(goal);
        const meeting = this.options.meeting(variable, goal);
        return this.allowedFor(variable).every((option) => meeting.has(option));
      }
      case 'each':
        return goal.of.every((part) => this.assures(part));
      case 'one':
        return goal.of.some((part) => this.assures(part));
    }
  }

  /** How much the floor rises at least when the goal is demanded too; infinitely when it cannot be met. */
  rise(goal: Goal): number {
    switch (goal.kind) {
      case 'leaf': {
        const [variable, ...others] = goal.variables;
        if (variable === undefined || others.length > 0) return Math.max(0, this.options.least(goal) - this.paid(goal));
        const before = this.allowedFor(variable);
        const meeting = this.options.meeting(variable, goal);
        const first = before.find((option) => meeting.has(option));
        return this.options.cost(variable, first) - this.options.cost(variable, before[0]);
      }
      case 'each':
        return Math.max(0, ...goal.of.map((part) => this.rise(part)));
      case 'one':
        return Math.min(...goal.of.map((part) => this.rise(part)));
    }
  }
  /** What the floor counts already for the leaf's variables. */
  private paid({ variables }: LeafGoal): number {
    return variables.reduce((sum, name) => sum + this.options.cost(name, this.allowedFor(name)[0]), 0);
  }
}

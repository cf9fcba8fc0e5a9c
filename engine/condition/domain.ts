/** What is left of the options of each variable once some leaves must come out as wanted, and what that costs at least. */

import type { Changes } from './changes.ts';
import { cheapestPicks } from './cheapest-picks.ts';
import { type Goal, isReached, type LeafGoal } from './goal.ts';

/** How many picks to look at for what one leaf of several variables costs at least. */
const LOOKS = 2_000;

/** Options by variable, cheapest first, and which of them reach a goal: worked out once for a search. */
export class Options {
  readonly changes: Changes;
  private readonly leastByGoal = new Map<LeafGoal, number>();
  private readonly byVariable = new Map<string, readonly number[]>();
  private readonly byGoal = new Map<Goal, ReadonlySet<number>>();

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
      const component = { variables: goal.variables, leaves: [goal] };
      const bound = { below: Number.POSITIVE_INFINITY, spend: () => left-- > 0 };
      const picks = cheapestPicks(component, new Domain(this), this, bound);
      least = left < 0 ? 0 : picks === undefined ? Number.POSITIVE_INFINITY : this.total(picks);
      this.leastByGoal.set(goal, least);
    }
    return least;
  }

  total(picks: ReadonlyMap<string, number>): number {
    return [...picks].reduce((sum, [variable, option]) => sum + this.cost(variable, option), 0);
  }

  /** The options of the goal's one variable that reach it. */
  reaching(variable: string, goal: Goal): ReadonlySet<number> {
    let options = this.byGoal.get(goal);
    if (options === undefined) {
      options = new Set(this.of(variable).filter((option) => isReached(goal, this.changes, () => option)));
      this.byGoal.set(goal, options);
    }
    return options;
  }
}

/** The variable of a goal that rests on just one, however many leaves it has. */
function onlyOne({ variables }: Goal): string | undefined {
  return variables.length === 1 ? variables[0] : undefined;
}

/** Never changes: demanding a goal gives a narrower one. */
export class Domain {
  /** The least that the demanded goals of one variable cost together. */
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

  /** Variables that demanded goals have narrowed. */
  get narrowed(): Iterable<string> {
    return this.allowed.keys();
  }

  /**
   * Undefined when no options reach this goal and those before. A goal with a choice between several variables narrows
   * nothing, and is not taken.
   */
  demanding(goal: Goal): Domain | 'choice' | undefined {
    const variable = onlyOne(goal);
    if (variable !== undefined) return this.narrowedTo(variable, goal);
    if (goal.kind !== 'leaf') return 'choice';
    if (this.shared.includes(goal)) return this;
    if (this.options.least(goal) === Number.POSITIVE_INFINITY) return undefined;
    return new Domain(this.options, this.allowed, [...this.shared, goal], this.floor);
  }

  private narrowedTo(variable: string, goal: Goal): Domain | undefined {
    const before = this.allowedFor(variable);
    const reaching = this.options.reaching(variable, goal);
    const after = before.filter((option) => reaching.has(option));
    if (after.length === 0) return undefined;
    if (after.length === before.length) return this;
    const rise = this.options.cost(variable, after[0]) - this.options.cost(variable, before[0]);
    return new Domain(this.options, new Map(this.allowed).set(variable, after), this.shared, this.floor + rise);
  }

  /** Whether the goal is reached whichever of the allowed options are taken. */
  assures(goal: Goal): boolean {
    const variable = onlyOne(goal);
    if (variable !== undefined) {
      const reaching = this.options.reaching(variable, goal);
      return this.allowedFor(variable).every((option) => reaching.has(option));
    }
    switch (goal.kind) {
      case 'leaf':
        return this.shared.includes(goal);
      case 'each':
        return goal.of.every((part) => this.assures(part));
      case 'one':
        return goal.of.some((part) => this.assures(part));
    }
  }

  /** How much the floor rises at least when the goal is demanded too; infinitely when it cannot be reached. */
  rise(goal: Goal): number {
    const variable = onlyOne(goal);
    if (variable !== undefined) {
      const before = this.allowedFor(variable);
      const reaching = this.options.reaching(variable, goal);
      const first = before.find((option) => reaching.has(option));
      return this.options.cost(variable, first) - this.options.cost(variable, before[0]);
    }
    switch (goal.kind) {
      case 'leaf':
        return Math.max(0, this.options.least(goal) - this.paid(goal));
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

/** Finds the cheapest set of changes that makes conditions come out as wanted: the mathematics behind `explain`. */

import type { Changes, LeafObligation, Obligation } from './changes.ts';
import { cheapestPicks, componentsOf } from './cheapest-picks.ts';
import { Domain, Options } from './domain.ts';
import { type Goal, goalOf, type ListGoal } from './goal.ts';
import { leavesBehind, withoutIdle } from './trim-change.ts';

export interface Change {
  /** Variable → option, for the variables that change. Leaving any one out, or making it cheaper, spoils the change. */
  readonly picks: ReadonlyMap<string, number>;
  /** The leaves that the change must satisfy. */
  readonly leaves: readonly LeafObligation[];
  readonly cost: number;
}

export interface SearchResult {
  /** Absent: nothing that can be changed helps, or, where the search was cut short, nothing that was found. */
  readonly change?: Change;
  /** False when the search was cut short: a change found works, a cheaper one may exist. */
  readonly exhaustive: boolean;
}

/** How many picks, and branches by their size, to look at for some change that works. */
const DIVE = 10_000;
/** And how many for a cheaper one: enough for what playbooks ask, within some tenths of a second. */
const CLIMB = 50_000;

/**
 * Branch and bound over the choices that `any` (or a negated `all`) leaves open; each finished branch is a set of
 * leaves, solved component by component over their shared variables. First a dive for some change that works, then, from
 * the least that any could cost upwards, a search for a cheaper one.
 *
 * @param effort how much of the usual effort to take before settling for the best found
 */
export function cheapestChange(obligations: readonly Obligation[], changes: Changes, effort = 1): SearchResult {
  const goal = goalOf(obligations, changes);
  const search = new Search(changes);
  const found = search.run(goal, Number.POSITIVE_INFINITY, DIVE * effort);
  if (found.picks === undefined && found.isComplete) return { exhaustive: true };
  const { picks, exhaustive } = climb(search, goal, found.picks, CLIMB * effort);
  if (picks === undefined) return { exhaustive };
  const kept = exhaustive ? picks : withoutIdle(goal, changes, picks);
  const cost = search.options.total(kept);
  return { change: { picks: kept, leaves: leavesBehind(goal, changes, kept), cost }, exhaustive };
}

/** So many open goals of a branch take as long as one pick. */
const GOALS_A_LOOK = 4;

type Picks = ReadonlyMap<string, number>;

/** Allows a little more cost each time, so that dear changes are never looked at while there are cheap ones. */
function climb(
  search: Search,
  goal: Goal,
  found: Picks | undefined,
  budget: number,
): { readonly picks?: Picks; readonly exhaustive: boolean } {
  const known = found === undefined ? Number.POSITIVE_INFINITY : search.options.total(found);
  let left = budget;
  for (let cost = 0; cost < known; cost++) {
    const level = search.run(goal, cost + 1, left);
    left -= level.spent;
    if (level.picks !== undefined) return { picks: level.picks, exhaustive: true };
    if (!level.isComplete) return { ...(found && { picks: found }), exhaustive: false };
  }
  return { ...(found && { picks: found }), exhaustive: true };
}

interface Run {
  readonly picks: Picks | undefined;
  /** Whether the budget was enough. */
  readonly isComplete: boolean;
  readonly spent: number;
}

class Search {
  readonly options: Options;
  private readonly changes: Changes;
  private left = 0;
  private limit = 0;
  private best: Picks | undefined;

  constructor(changes: Changes) {
    this.changes = changes;
    this.options = new Options(changes);
  }

  /** The cheapest picks that cost less than `below`, or the best found before the budget was spent. */
  run(goal: Goal, below: number, budget: number): Run {
    this.left = budget;
    this.limit = below;
    this.best = undefined;
    this.branch(new Domain(this.options), [goal]);
    return { picks: this.best, isComplete: this.left >= 0, spent: budget - this.left };
  }

  private spend(looks: number): boolean {
    this.left -= looks;
    return this.left >= 0;
  }

  /** Demands what must be, then tries each way that is left open, the most promising first. */
  private branch(before: Domain, goals: readonly Goal[]): void {
    // The more is open, the longer it takes to see where a branch leads.
    if (!this.spend(1 + goals.length / GOALS_A_LOOK)) return;
    const forced = demandAll(before, goals);
    if (forced === undefined) return;
    const { domain, choices } = forced;
    if (domain.floor + riseOfAll(domain, [...choices, ...domain.shared]) >= this.limit) return;
    const [choice, ...others] = [...choices].sort((a, b) => a.of.length - b.of.length);
    if (choice === undefined) {
      this.settle(domain);
      return;
    }
    const rated = choice.of.map((goal) => ({ goal, rise: domain.rise(goal) }));
    rated.sort((a, b) => a.rise - b.rise || a.goal.variables.length - b.goal.variables.length);
    for (const { goal } of rated) this.branch(domain, [goal, ...others]);
  }

  /** No choice is left: what leaves of several variables cost together is still to be found. */
  private settle(domain: Domain): void {
    const picks = new Map<string, number>();
    const { changes, options } = this;
    const components = componentsOf(domain, changes.restriction);
    const joined = new Set(components.flatMap((component) => component.variables));
    let cost = 0;
    const take = (variable: string, option: number): void => {
      cost += options.cost(variable, option);
      if (option !== 0) picks.set(variable, option);
    };
    for (const variable of domain.narrowed)
      if (!joined.has(variable)) take(variable, domain.allowedFor(variable)[0] ?? 0);
    for (const component of components) {
      const bound = { below: this.limit - cost, spend: () => this.spend(1) };
      const part = cheapestPicks(component, domain, options, bound);
      if (part === undefined) return;
      for (const [variable, option] of part) take(variable, option);
    }
    if (cost >= this.limit) return;
    this.best = picks;
    this.limit = cost;
  }
}

/** Takes goals apart until only real choices are left; undefined when they cannot all be reached. */
function demandAll(
  before: Domain,
  goals: readonly Goal[],
): { readonly domain: Domain; readonly choices: readonly ListGoal[] } | undefined {
  let domain = before;
  let choices: ListGoal[] = [];
  const pending = [...goals];
  for (let goal = pending.pop(); goal !== undefined; goal = pending.pop()) {
    const narrower = domain.demanding(goal);
    if (narrower === undefined) return undefined;
    if (narrower !== 'choice') {
      // What was a choice before may be settled now.
      if (narrower !== domain) pending.push(...choices.splice(0));
      domain = narrower;
    } else if (goal.kind === 'each') {
      pending.push(...goal.of);
    } else if (goal.kind === 'one' && !domain.assures(goal)) {
      const open = goal.of.filter((way) => domain.rise(way) < Number.POSITIVE_INFINITY);
      const [only] = open;
      if (only === undefined) return undefined;
      if (open.length === 1) pending.push(only);
      else choices = [...choices, open.length === goal.of.length ? goal : { ...goal, of: open }];
    }
  }
  return { domain, choices };
}

/** Goals that share no variable cannot be met by one and the same change: what they cost adds up. */
function riseOfAll(domain: Domain, goals: readonly Goal[]): number {
  const rated = goals.map((goal) => ({ goal, rise: domain.rise(goal) })).sort((a, b) => b.rise - a.rise);
  const counted = new Set<string>();
  let total = 0;
  for (const { goal, rise } of rated) {
    if (rise === 0) break;
    if (goal.variables.some((variable) => counted.has(variable))) continue;
    for (const variable of goal.variables) counted.add(variable);
    total += rise;
  }
  return total;
}

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

/** Enough for what playbooks ask; a search cut short here has taken some tenths of a second. */
const BUDGET = 50_000;

/**
 * Branch and bound over the choices that `any` (or a negated `all`) leaves open; each finished branch is a set of
 * leaves, solved component by component over their shared variables.
 *
 * @param budget how many branches and picks to look at before settling for the best found
 */
export function cheapestChange(obligations: readonly Obligation[], changes: Changes, budget = BUDGET): SearchResult {
  const goal = goalOf(obligations, changes);
  const search = new Search(changes, budget);
  search.branch(new Domain(search.options), [goal]);
  const { best, exhaustive } = search;
  if (best === undefined) return { exhaustive };
  const picks = exhaustive ? best.picks : withoutIdle(goal, changes, best.picks);
  const cost = [...picks].reduce((sum, [variable, option]) => sum + search.options.cost(variable, option), 0);
  return { change: { picks, leaves: leavesBehind(goal, changes, picks), cost }, exhaustive };
}

class Search {
  readonly options: Options;
  best: { readonly picks: ReadonlyMap<string, number>; readonly cost: number } | undefined;
  private readonly changes: Changes;
  private left: number;

  constructor(changes: Changes, budget: number) {
    this.changes = changes;
    this.options = new Options(changes);
    this.left = budget;
  }

  get exhaustive(): boolean {
    return this.left >= 0;
  }

  private get limit(): number {
    return this.best?.cost ?? Number.POSITIVE_INFINITY;
  }

  private spend(): boolean {
    this.left -= 1;
    return this.left >= 0;
  }

  /** Demands what must be, then tries each way that is left open, the most promising first. */
  branch(before: Domain, goals: readonly Goal[]): void {
    if (!this.spend()) return;
    const forced = demandAll(before, goals);
    if (forced === undefined) return;
    const { domain, choices } = forced;
    if (domain.floor + riseOfAll(domain, choices) >= this.limit) return;
    const [choice, ...others] = [...choices].sort((a, b) => a.of.length - b.of.length);
    if (choice === undefined) {
      this.settle(domain);
      return;
    }
    const rated = choice.of.map((goal) => ({ goal, rise: domain.rise(goal) }));
    for (const { goal } of rated.sort((a, b) => a.rise - b.rise)) this.branch(domain, [goal, ...others]);
  }

  /** No choice is left: what leaves of several variables cost together is still to be found. */
  private settle(domain: Domain): void {
    const picks = new Map<string, number>();
    const { changes, options } = this;
    const components = componentsOf(domain, changes.restrictions);
    const joined = new Set(components.flatMap((component) => component.variables));
    let cost = 0;
    const take = (variable: string, option: number): void => {
      cost += options.cost(variable, option);
      if (option !== 0) picks.set(variable, option);
    };
    for (const variable of domain.narrowed)
      if (!joined.has(variable)) take(variable, domain.allowedFor(variable)[0] ?? 0);
    for (const component of components) {
      const part = cheapestPicks(component, domain, options, this.limit - cost, () => this.spend());
      if (part === undefined) return;
      for (const [variable, option] of part) take(variable, option);
    }
    if (cost < this.limit) this.best = { picks, cost };
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
    if (goal.kind === 'each') {
      pending.push(...goal.of);
    } else if (goal.kind === 'leaf') {
      const narrower = domain.demanding(goal);
      if (narrower === undefined) return undefined;
      // What was a choice before may be settled now.
      if (narrower !== domain) pending.push(...choices.splice(0));
      domain = narrower;
    } else {
      const open = domain.assures(goal) ? REACHED : stillOpen(domain, goal);
      if (open.kind === 'one' && open.of.length > 1) choices = [...choices, open];
      else if (open.kind === 'one' && open.of.length === 0) return undefined;
      else pending.push(open);
    }
  }
  return { domain, choices };
}

const REACHED: ListGoal = { kind: 'each', of: [], variables: [] };

/** The choice without the ways that are closed by now. */
function stillOpen(domain: Domain, choice: ListGoal): Goal {
  const of = choice.of.filter((way) => domain.rise(way) < Number.POSITIVE_INFINITY);
  const [only] = of;
  if (only !== undefined && of.length === 1) return only;
  return of.length === choice.of.length ? choice : { ...choice, of };
}

/** Choices that share no variable cannot be met by one and the same change: what they cost adds up. */
function riseOfAll(domain: Domain, choices: readonly ListGoal[]): number {
  const rated = choices.map((choice) => ({ choice, rise: domain.rise(choice) })).sort((a, b) => b.rise - a.rise);
  const counted = new Set<string>();
  let total = 0;
  for (const { choice, rise } of rated) {
    if (rise === 0) break;
    if (choice.variables.some((variable) => counted.has(variable))) continue;
    for (const variable of choice.variables) counted.add(variable);
    total += rise;
  }
  return total;
}

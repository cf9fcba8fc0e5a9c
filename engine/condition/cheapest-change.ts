/** Finds the cheapest set of changes that makes conditions come out as wanted: the mathematics behind `explain`. */

import { type Changes, type LeafObligation, type Obligation, satisfies, type Want } from './changes.ts';
import { cheapestPicks, componentsOf } from './cheapest-picks.ts';

export interface CheapestChange {
  /** Variable → option, for the variables that change. */
  readonly picks: ReadonlyMap<string, number>;
  /** The leaves that the change had to satisfy. */
  readonly leaves: readonly LeafObligation[];
  readonly cost: number;
  /** False when the search was cut short: the change works, a cheaper one may exist. */
  readonly exhaustive: boolean;
}

const OPPOSITE: Readonly<Record<Want, Want>> = {
  true: 'false',
  false: 'true',
  not_false: 'not_true',
  not_true: 'not_false',
};

/**
 * Branch and bound over the choices that `any` (or a negated `all`) leaves open; each finished branch is a set of
 * leaves, solved component by component over their shared variables. Undefined when nothing anybody can do helps.
 *
 * @param budget how many branches and picks to look at before settling for the best found
 */
export function cheapestChange(
  obligations: readonly Obligation[],
  changes: Changes,
  budget = 200_000,
): CheapestChange | undefined {
  const search = new Search(changes, budget);
  search.branch(obligations, []);
  return search.result();
}

class Search {
  private best: { picks: ReadonlyMap<string, number>; leaves: readonly LeafObligation[]; cost: number } | undefined;
  private readonly changes: Changes;
  private left: number;

  constructor(changes: Changes, budget: number) {
    this.changes = changes;
    this.left = budget;
  }

  result(): CheapestChange | undefined {
    return this.best && { ...this.best, exhaustive: this.left > 0 };
  }

  /** Takes obligations apart until only leaves are left; where one of several suffices, tries each, cheapest first. */
  branch(open: readonly Obligation[], settled: readonly LeafObligation[]): void {
    if (this.left-- <= 0) return;
    const leaves = [...settled];
    const choices: Obligation[][] = [];
    const pending = [...open];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const parts = this.takeApart(next);
      if (parts.kind === 'leaf') leaves.push(parts.leaf);
      else if (parts.kind === 'each') pending.push(...parts.of);
      else choices.push([...parts.of]);
    }
    const floor = this.lowerBound(leaves);
    if (floor === undefined || floor >= this.bestCost()) return;
    const choice = choices.pop();
    if (choice === undefined) {
      this.settle(leaves);
      return;
    }
    const rest = choices.map((of): Obligation => anyOf(of));
    for (const alternative of this.byPromise(choice)) this.branch([...rest, alternative], leaves);
  }

  private bestCost(): number {
    return this.best?.cost ?? Number.POSITIVE_INFINITY;
  }

  private takeApart(
    obligation: Obligation,
  ):
    | { readonly kind: 'leaf'; readonly leaf: LeafObligation }
    | { readonly kind: 'each' | 'one'; readonly of: readonly Obligation[] } {
    const { condition, want } = obligation;
    if ('of' in condition) {
      if (condition.kind === 'not') return { kind: 'each', of: [{ condition: condition.of, want: OPPOSITE[want] }] };
      const wantsTrue = want === 'true' || want === 'not_false';
      // An empty list is unknown: only `not_false` and `not_true` can be met, and they are.
      if (condition.of.length === 0) return { kind: want.startsWith('not_') ? 'each' : 'one', of: [] };
      const of = condition.of.map((part): Obligation => ({ condition: part, want }));
      return { kind: (condition.kind === 'all') === wantsTrue ? 'each' : 'one', of };
    }
    if (condition.kind === 'milestone') {
      const when = this.changes.milestone(condition.milestone);
      if (when !== undefined) return { kind: 'each', of: [{ condition: when, want }] };
    }
    return { kind: 'leaf', leaf: { leaf: condition, want } };
  }

  private byPromise(choice: readonly Obligation[]): readonly Obligation[] {
    const rated = choice.map((alternative) => ({ alternative, rate: this.rate(alternative) }));
    return rated.sort((a, b) => a.rate - b.rate).map((one) => one.alternative);
  }

  /** A rough cost of one alternative by itself, to try promising ones first. */
  private rate(obligation: Obligation): number {
    const parts = this.takeApart(obligation);
    if (parts.kind === 'leaf') return this.lowerBound([parts.leaf]) ?? Number.POSITIVE_INFINITY;
    const rates = parts.of.map((part) => this.rate(part));
    return parts.kind === 'each' ? rates.reduce((sum, rate) => sum + rate, 0) : Math.min(...rates);
  }

  /** The least that these leaves cost, looking at each variable alone; undefined when some leaf cannot be met. */
  private lowerBound(leaves: readonly LeafObligation[]): number | undefined {
    const allowed = new Map<string, readonly number[]>();
    for (const one of leaves) {
      const variables = this.changes.variablesOf(one.leaf);
      const [only] = variables;
      if (only === undefined) {
        if (
          !satisfies(
            this.changes.truth(one.leaf, () => 0),
            one.want,
          )
        )
          return undefined;
      } else if (variables.length === 1) {
        const before = allowed.get(only) ?? this.changes.costs(only).map((_, option) => option);
        allowed.set(
          only,
          before.filter((option) =>
            satisfies(
              this.changes.truth(one.leaf, () => option),
              one.want,
            ),
          ),
        );
      }
    }
    let floor = 0;
    for (const [variable, options] of allowed) {
      if (options.length === 0) return undefined;
      const costs = this.changes.costs(variable);
      floor += Math.min(...options.map((option) => costs[option] ?? 0));
    }
    return floor;
  }

  private settle(leaves: readonly LeafObligation[]): void {
    const picks = new Map<string, number>();
    let cost = 0;
    for (const component of componentsOf(leaves, this.changes)) {
      const part = cheapestPicks(component, this.changes, this.bestCost() - cost, () => this.left-- > 0);
      if (part === undefined) return;
      cost += part.cost;
      for (const [variable, option] of part.picks) if (option !== 0) picks.set(variable, option);
    }
    if (cost < this.bestCost()) this.best = { picks, leaves, cost };
  }
}

/** Puts a choice back together, to be taken apart again in its branch. */
function anyOf(of: readonly Obligation[]): Obligation {
  const [first] = of;
  const at = first?.condition.at ?? { file: '', line: 0, col: 0 };
  // Each part's want becomes true here, so that parts with other wants need no second kind of choice.
  const wantsTrue = first === undefined || first.want === 'true' || first.want === 'not_false';
  const want: Want = first?.want ?? 'true';
  return { condition: { kind: wantsTrue ? 'any' : 'all', of: of.map((one) => one.condition), at }, want };
}

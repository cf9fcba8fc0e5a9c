/** Solves leaves of several variables that must all come out as wanted, component by component. */

import { type Picked, type Restriction, satisfies } from './changes.ts';
import type { Domain, Options } from './domain.ts';
import type { LeafGoal } from './goal.ts';

/** Leaves that share variables, directly or through others, or through the restriction. */
export interface Component {
  readonly variables: readonly string[];
  readonly leaves: readonly LeafGoal[];
  readonly restriction?: Restriction;
}

/** How far a search may go. */
export interface Bound {
  /** Picks must cost less. */
  readonly below: number;
  /** Asked before each look; false ends the search with what was found. */
  spend(): boolean;
}

/** The restriction matters where a demanded goal touches one of its variables; else everything in it stays as it is. */
export function componentsOf(domain: Domain, restriction: Restriction | undefined): readonly Component[] {
  let components: Component[] = [];
  const join = (one: Component): void => {
    const shares = (other: Component): boolean => other.variables.some((variable) => one.variables.includes(variable));
    const joined = [one, ...components.filter(shares)];
    components = components.filter((other) => !shares(other));
    components.push({
      ...one,
      variables: [...new Set(joined.flatMap((part) => part.variables))],
      leaves: joined.flatMap((part) => part.leaves),
    });
  };
  for (const leaf of domain.shared) join({ variables: leaf.variables, leaves: [leaf] });
  const touched = new Set([...domain.narrowed, ...components.flatMap(({ variables }) => variables)]);
  if (restriction?.variables.some((variable) => touched.has(variable)) === true) {
    join({ variables: restriction.variables, leaves: [], restriction });
  }
  return components;
}

/**
 * Depth first over one component's variables, cheapest options first; each leaf is checked as soon as its variables
 * are picked. Undefined when no picks within the bound do.
 */
export function cheapestPicks(
  component: Component,
  domain: Domain,
  options: Options,
  { below, spend }: Bound,
): ReadonlyMap<string, number> | undefined {
  // The last is changed first: of two facts compared, the one the condition is about.
  const variables = component.variables.toReversed();
  const { restriction } = component;
  const { changes } = options;
  let best: ReadonlyMap<string, number> | undefined;
  let limit = below;
  const picks = new Map<string, number>();
  const picked: Picked = (variable) => picks.get(variable) ?? 0;
  const lastOf = (names: readonly string[]): number => Math.max(...names.map((name) => variables.indexOf(name)));
  const due = variables.map((_name, depth) => component.leaves.filter((leaf) => lastOf(leaf.variables) === depth));
  const restrictionDue = restriction === undefined ? -1 : lastOf(restriction.variables);
  const restCosts = variables.map((_name, depth) =>
    variables
      .slice(depth + 1)
      .reduce((sum, variable) => sum + options.cost(variable, domain.allowedFor(variable)[0]), 0),
  );
  const descend = (depth: number, cost: number): void => {
    const variable = variables[depth];
    if (variable === undefined) {
      best = new Map(picks);
      limit = cost;
      return;
    }
    for (const option of domain.allowedFor(variable)) {
      const sum = cost + options.cost(variable, option);
      // Options come cheapest first: the others cost no less.
      if (sum + (restCosts[depth] ?? 0) >= limit || !spend()) break;
      picks.set(variable, option);
      const holds =
        (due[depth] ?? []).every((one) => satisfies(changes.truth(one.leaf, picked), one.want)) &&
        (depth !== restrictionDue || restriction?.allows(picked) !== false);
      if (holds) descend(depth + 1, sum);
    }
    picks.delete(variable);
  };
  descend(0, 0);
  return best;
}

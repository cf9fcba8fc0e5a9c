/** Solves leaves of several variables that must all come out as wanted, component by component. */

import { type Picked, type Restriction, satisfies } from './changes.ts';
import type { Domain, Options } from './domain.ts';
import type { LeafGoal } from './goal.ts';

/** Leaves and restrictions that share variables, directly or through others. */
export interface Component {
  readonly variables: readonly string[];
  readonly leaves: readonly LeafGoal[];
  readonly restrictions: readonly Restriction[];
}

/** How far a search may go. */
export interface Bound {
  /** Picks must cost less. */
  readonly below: number;
  /** Asked before each look; false ends the search with what was found. */
  spend(): boolean;
}

/** A restriction matters where a demanded leaf touches one of its variables; elsewhere everything stays as it is. */
export function componentsOf(domain: Domain, restrictions: readonly Restriction[]): readonly Component[] {
  const touched = new Set([...domain.narrowed, ...domain.shared.flatMap((leaf) => leaf.variables)]);
  const mattering = restrictions.filter(({ variables }) => variables.some((variable) => touched.has(variable)));
  let components: Component[] = [];
  const join = (one: Component): void => {
    const shares = (other: Component): boolean => other.variables.some((variable) => one.variables.includes(variable));
    const joined = [one, ...components.filter(shares)];
    components = components.filter((other) => !shares(other));
    components.push({
      variables: [...new Set(joined.flatMap((part) => part.variables))],
      leaves: joined.flatMap((part) => part.leaves),
      restrictions: joined.flatMap((part) => part.restrictions),
    });
  };
  for (const leaf of domain.shared) join({ variables: leaf.variables, leaves: [leaf], restrictions: [] });
  for (const restriction of mattering)
    join({ variables: restriction.variables, leaves: [], restrictions: [restriction] });
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
  const { variables } = component;
  const { changes } = options;
  let best: ReadonlyMap<string, number> | undefined;
  let limit = below;
  const picks = new Map<string, number>();
  const picked: Picked = (variable) => picks.get(variable) ?? 0;
  const lastOf = (names: readonly string[]): number => Math.max(...names.map((name) => variables.indexOf(name)));
  const checks = variables.map((_name, depth) => ({
    leaves: component.leaves.filter((leaf) => lastOf(leaf.variables) === depth),
    restrictions: component.restrictions.filter((one) => lastOf(one.variables) === depth),
  }));
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
    const { leaves = [], restrictions = [] } = checks[depth] ?? {};
    for (const option of domain.allowedFor(variable)) {
      const sum = cost + options.cost(variable, option);
      // Options come cheapest first: the others cost no less.
      if (sum + (restCosts[depth] ?? 0) >= limit || !spend()) break;
      picks.set(variable, option);
      const holds =
        leaves.every((one) => satisfies(changes.truth(one.leaf, picked), one.want)) &&
        restrictions.every((one) => one.allows(picked));
      if (holds) descend(depth + 1, sum);
    }
    picks.delete(variable);
  };
  descend(0, 0);
  return best;
}

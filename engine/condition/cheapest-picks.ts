/** Solves a set of leaves that must all come out as wanted, component by component over the variables they share. */

import type { Leaf } from '../playbook/condition.ts';
import { type Changes, type LeafObligation, satisfies } from './changes.ts';

export interface Component {
  readonly variables: readonly string[];
  readonly leaves: readonly (LeafObligation & { readonly lastVariable: number })[];
}

/** Leaves that share variables, directly or through others, belong together. */
export function componentsOf(leaves: readonly LeafObligation[], changes: Changes): readonly Component[] {
  const groups: { variables: Set<string>; leaves: LeafObligation[] }[] = [];
  for (const one of leaves) {
    const merged = { variables: new Set(changes.variablesOf(one.leaf)), leaves: [one] };
    if (merged.variables.size === 0) continue;
    for (let index = groups.length - 1; index >= 0; index--) {
      const group = groups[index];
      if (group === undefined || ![...group.variables].some((variable) => merged.variables.has(variable))) continue;
      for (const variable of group.variables) merged.variables.add(variable);
      merged.leaves.push(...group.leaves);
      groups.splice(index, 1);
    }
    groups.push(merged);
  }
  return groups.map((group) => {
    const variables = [...group.variables];
    const last = (leaf: Leaf): number =>
      Math.max(...changes.variablesOf(leaf).map((variable) => variables.indexOf(variable)));
    return { variables, leaves: group.leaves.map((one) => ({ ...one, lastVariable: last(one.leaf) })) };
  });
}

/**
 * Depth first over one component's variables, cheapest options first; each leaf is checked as soon as its variables
 * are picked. Undefined when no picks cost less than `below`.
 *
 * @param spend asked before each look; false ends the search with what was found
 */
export function cheapestPicks(
  component: Component,
  changes: Changes,
  below: number,
  spend: () => boolean,
): { picks: Map<string, number>; cost: number } | undefined {
  let best: { picks: Map<string, number>; cost: number } | undefined;
  const picked = new Map<string, number>();
  const pick = (variable: string): number => picked.get(variable) ?? 0;
  const due = component.variables.map((_, depth) => component.leaves.filter((leaf) => leaf.lastVariable === depth));
  const descend = (depth: number, cost: number): void => {
    if (cost >= (best?.cost ?? below) || !spend()) return;
    const variable = component.variables[depth];
    if (variable === undefined) {
      best = { picks: new Map(picked), cost };
      return;
    }
    const costs = changes.costs(variable);
    const options = costs.map((_, option) => option).sort((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0));
    for (const option of options) {
      picked.set(variable, option);
      const holds = (due[depth] ?? []).every((one) => satisfies(changes.truth(one.leaf, pick), one.want));
      if (holds) descend(depth + 1, cost + (costs[option] ?? 0));
    }
    picked.delete(variable);
  };
  descend(0, 0);
  return best;
}

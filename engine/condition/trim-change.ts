/** Leaves out of a change what it does not need, and says which leaves the rest is there for. */

import type { Changes, LeafObligation, Picked } from './changes.ts';
import { type Goal, isReached } from './goal.ts';

/** The change without what it does not need: no variable of it can be left as it is, or changed at less cost. */
export function withoutIdle(
  goal: Goal,
  changes: Changes,
  picks: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const kept = new Map(picks);
  const picked: Picked = (variable) => kept.get(variable) ?? 0;
  const works = (): boolean => isReached(goal, changes, picked) && (changes.restriction?.allows(picked) ?? true);
  let isCheaper = true;
  while (isCheaper) {
    isCheaper = false;
    for (const [variable, option] of kept) {
      const costs = changes.costs(variable);
      const cheaper = costs
        .map((_cost, other) => other)
        .filter((other) => (costs[other] ?? 0) < (costs[option] ?? 0))
        .sort((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0));
      const enough = cheaper.find((other) => {
        kept.set(variable, other);
        return works();
      });
      kept.set(variable, enough ?? option);
      isCheaper ||= enough !== undefined;
    }
  }
  return new Map([...kept].filter(([, option]) => option !== 0));
}

/** The leaves by which the goal is reached; where several ways are open, those of the one that needs least of the change. */
export function leavesBehind(
  goal: Goal,
  changes: Changes,
  picks: ReadonlyMap<string, number>,
): readonly LeafObligation[] {
  const picked: Picked = (variable) => picks.get(variable) ?? 0;
  const needs = (way: Goal): number => way.variables.filter((variable) => picks.has(variable)).length;
  const found = new Map<string, LeafObligation>();
  const numbers = new Map<object, number>();
  const keep = ({ leaf, want }: LeafObligation): void => {
    const number = numbers.get(leaf) ?? numbers.size;
    numbers.set(leaf, number);
    found.set(`${number} ${want}`, { leaf, want });
  };
  const visit = (part: Goal): void => {
    if (part.kind === 'leaf') {
      keep(part);
    } else if (part.instead !== undefined) {
      keep(part.instead);
    } else if (part.kind === 'each') {
      for (const one of part.of) visit(one);
    } else {
      const [way] = part.of.filter((one) => isReached(one, changes, picked)).sort((a, b) => needs(a) - needs(b));
      if (way !== undefined) visit(way);
    }
  };
  visit(goal);
  return [...found.values()];
}

/** What must come about for a condition to come out as wanted: a tree of leaves, of which each must hold or one. */

import type { Condition } from '../playbook/condition.ts';
import { type Changes, type LeafObligation, type Obligation, type Picked, satisfies, type Want } from './changes.ts';

export type Goal = LeafGoal | ListGoal;

export interface LeafGoal extends LeafObligation {
  readonly kind: 'leaf';
  /** At least one: what nobody can alter is settled when the tree is made. */
  readonly variables: readonly string[];
}

/** `each` of nothing is reached, `one` of nothing cannot be. */
export interface ListGoal {
  readonly kind: 'each' | 'one';
  readonly of: readonly Goal[];
  readonly variables: readonly string[];
  /** The leaf that this stands for. */
  readonly instead?: LeafObligation;
}

const OPPOSITE: Readonly<Record<Want, Want>> = {
  true: 'false',
  false: 'true',
  not_false: 'not_true',
  not_true: 'not_false',
};

/** One tree for all obligations. Milestones are looked into; one that asks for itself is unknown. */
export function goalOf(obligations: readonly Obligation[], changes: Changes): Goal {
  const maker = new Maker(changes);
  return listOf(
    'each',
    obligations.map(({ condition, want }) => maker.make(condition, want, [])),
  );
}

/** Whether the goal is reached with these picks. */
export function isReached(goal: Goal, changes: Pick<Changes, 'truth'>, picked: Picked): boolean {
  switch (goal.kind) {
    case 'leaf':
      return satisfies(changes.truth(goal.leaf, picked), goal.want);
    case 'each':
      return goal.of.every((part) => isReached(part, changes, picked));
    case 'one':
      return goal.of.some((part) => isReached(part, changes, picked));
  }
}

class Maker {
  private readonly changes: Changes;
  private readonly milestones = new Map<string, Goal>();

  constructor(changes: Changes) {
    this.changes = changes;
  }

  make(condition: Condition, want: Want, through: readonly (string | Condition)[]): Goal {
    switch (condition.kind) {
      case 'not':
        return this.make(condition.of, OPPOSITE[want], through);
      case 'all':
      case 'any': {
        if (condition.of.length === 0) return ofUnknown(want);
        const wantsTrue = want === 'true' || want === 'not_false';
        const parts = condition.of.map((part) => this.make(part, want, through));
        return listOf((condition.kind === 'all') === wantsTrue ? 'each' : 'one', parts);
      }
      case 'milestone':
        return this.milestone(condition.milestone, want, through);
      default:
        return this.leaf(condition, want, through);
    }
  }

  private leaf(leaf: LeafObligation['leaf'], want: Want, through: readonly (string | Condition)[]): Goal {
    const variables = this.changes.variablesOf(leaf);
    if (variables.length === 0) {
      const truth = this.changes.truth(leaf, () => 0);
      return satisfies(truth, want) ? REACHED : OUT_OF_REACH;
    }
    const unfolded = through.includes(leaf) ? undefined : this.changes.unfold?.(leaf, want);
    if (unfolded === undefined) return { kind: 'leaf', leaf, want, variables };
    const goal = this.make(unfolded.condition, unfolded.want, [...through, leaf]);
    if (goal === REACHED || goal === OUT_OF_REACH) return goal;
    return { kind: 'each', of: [goal], variables: goal.variables, instead: { leaf, want } };
  }

  private milestone(name: string, want: Want, through: readonly (string | Condition)[]): Goal {
    const key = `${want} ${name}`;
    const known = this.milestones.get(key);
    if (known !== undefined) return known;
    const when = through.includes(name) ? undefined : this.changes.milestone(name);
    if (when === undefined) return ofUnknown(want);
    const goal = this.make(when, want, [...through, name]);
    this.milestones.set(key, goal);
    return goal;
  }
}

const REACHED: ListGoal = { kind: 'each', of: [], variables: [] };
const OUT_OF_REACH: ListGoal = { kind: 'one', of: [], variables: [] };

/** An empty list, a milestone unknown or without end: nobody can make it true or false. */
function ofUnknown(want: Want): Goal {
  return want === 'not_false' || want === 'not_true' ? REACHED : OUT_OF_REACH;
}

/** A list in a list of its kind becomes part of it, and what is settled settles the list or drops out. */
function listOf(kind: ListGoal['kind'], parts: readonly Goal[]): Goal {
  const [idle, decisive] = kind === 'each' ? [REACHED, OUT_OF_REACH] : [OUT_OF_REACH, REACHED];
  if (parts.includes(decisive)) return decisive;
  const flat = parts.flatMap((part): readonly Goal[] =>
    part.kind === kind && part.instead === undefined ? part.of : [part],
  );
  const of = [...new Set(flat)].filter((part) => part !== idle);
  const [only] = of;
  if (only === undefined) return idle;
  return of.length === 1 ? only : { kind, of, variables: [...new Set(of.flatMap((part) => part.variables))] };
}

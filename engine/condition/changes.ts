/** What may be changed to make conditions come out as wanted: variables with options, and the wants themselves. */

import type { Condition, Leaf } from '../playbook/condition.ts';
import type { Truth } from './result.ts';

/** What a condition's answer must be. `not_false` is what `applies_when` needs: unknown will do. */
export type Want = 'true' | 'false' | 'not_false' | 'not_true';

export interface Obligation {
  readonly condition: Condition;
  readonly want: Want;
}

export interface LeafObligation {
  readonly leaf: Leaf;
  readonly want: Want;
}

/** Variable → number of the option it takes. */
export type Picked = (variable: string) => number;

/** What changes of several variables must keep, whatever the conditions are. As things are, it is kept. */
export interface Restriction {
  readonly variables: readonly string[];
  allows(picked: Picked): boolean;
}

/**
 * The things that could be changed. A variable has numbered options; option 0 leaves it as it is and costs nothing,
 * every other costs more than nothing.
 */
export interface Changes {
  /** Variables whose options can alter this leaf's truth; none for a leaf that nobody can alter. */
  variablesOf(leaf: Leaf): readonly string[];
  /** Cost of each option. */
  costs(variable: string): readonly number[];
  /** The leaf's truth when each of its variables takes the picked option. */
  truth(leaf: Leaf, picked: Picked): Truth;
  milestone(id: string): Condition | undefined;
  /** What a leaf of many variables comes down to in leaves of fewer; absent: nothing. */
  unfold?(leaf: Leaf, want: Want): Obligation | undefined;
  readonly restriction?: Restriction;
}

export function satisfies(truth: Truth, want: Want): boolean {
  switch (want) {
    case 'true':
      return truth === true;
    case 'false':
      return truth === false;
    case 'not_false':
      return truth !== false;
    case 'not_true':
      return truth !== true;
  }
}

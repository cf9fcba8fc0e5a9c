/** What stands between a case and its goal, who can meet it, and a shortest way there. */

import type { Text } from '../playbook/text.ts';
import { type CaseView, viewOf } from './case-view.ts';
import { routeCriteria } from './criteria.ts';
import type { Criterion } from './criterion.ts';
import type { Act, Step } from './explain/act.ts';
import { actsOf } from './explain/acts-of.ts';
import { cheapestPlan } from './explain/plan.ts';
import type { Reason } from './outcome.ts';
import { unmetIn } from './reasons.ts';
import { type Route, routeTo } from './route.ts';
import type { CaseState } from './state.ts';
import { waiverFor } from './waivers/standing.ts';
import type { World } from './world.ts';

/** A stage to reach; absent: the next one, or the end for a case in its last stage. */
export interface Goal {
  readonly stage?: string;
}

export interface Explanation {
  readonly goal: { readonly stage?: string; readonly title?: Text; readonly wins: boolean; readonly finishes: boolean };
  /** Nothing is in the way. */
  readonly is_open: boolean;
  /** Every unmet criterion of an enforced rule. */
  readonly unmet: readonly Reason[];
  /** An irreducible set of acts that meets them all, in order; absent when nothing that people can do does. */
  readonly acts?: readonly Act[];
  /** Number of commands, when there are acts; each fact that is set counts as one. */
  readonly effort?: number;
  /** False when the search was cut short: the acts do, but fewer might; or, without acts, some there may be. */
  readonly is_cheapest: boolean;
}

/** Absent for a finished case, for a goal that does not lie ahead, and where the case's rules are missing. */
export function explain(world: World, state: CaseState, goal: Goal = {}): Explanation | undefined {
  const asked = askedOf(world, state, goal);
  if (asked === undefined) return undefined;
  const { view, route, criteria } = asked;
  const unmet = unmetIn(view, criteria).map((one) => one.reason);
  const { plan, exhaustive } = cheapestPlan(view, criteria);
  return {
    goal: {
      ...(route.enters && { stage: route.enters.stage, title: route.enters.title }),
      wins: route.wins,
      finishes: route.finishes,
    },
    is_open: unmet.length === 0,
    unmet,
    ...(plan && { acts: actsOf(view, plan), effort: plan.length }),
    is_cheapest: exhaustive,
  };
}

/** The commands behind the acts, with witness values: for rehearsal and for tests, not for showing to people. */
export function planFor(world: World, state: CaseState, goal: Goal = {}): readonly Step[] | undefined {
  const asked = askedOf(world, state, goal);
  return asked && cheapestPlan(asked.view, asked.criteria).plan?.map(({ step }) => step);
}

interface Asked {
  readonly view: CaseView;
  readonly route: Route;
  readonly criteria: readonly Criterion[];
}

function askedOf(world: World, state: CaseState, goal: Goal): Asked | undefined {
  const view = state.finished ? undefined : viewOf(world, state);
  const route = view && routeTo(view.rules.pipeline, state, goal.stage);
  if (view === undefined || route === undefined) return undefined;
  const criteria = routeCriteria(view.rules, state, route).filter(
    (one) => one.mode === 'enforce' && waiverFor(view, one) === undefined,
  );
  return { view, route, criteria };
}

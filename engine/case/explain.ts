/** What stands between a case and its goal, who can meet it, and a shortest way there. */

import type { At, Text } from '../playbook/text.ts';
import { resolveWho } from '../who/resolve-who.ts';
import { acceptorsOf } from './acceptors.ts';
import { type CaseView, viewOf, whoContextOf } from './case-view.ts';
import { type Criterion, routeCriteria } from './criteria.ts';
import type { Act, Requirement, Step } from './explain/act.ts';
import { factsOf } from './explain/candidates.ts';
import { cheapestPlan, type Plan } from './explain/plan.ts';
import { lookUp } from './look-up.ts';
import type { Reason } from './outcome.ts';
import { unmetIn } from './reasons.ts';
import { type Route, routeTo } from './route.ts';
import { indexOf } from './rules-of.ts';
import type { CaseState } from './state.ts';
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
  /** Number of commands, when there are acts. */
  readonly effort?: number;
  /** False when the search was cut short: the acts do, but fewer might. */
  readonly is_cheapest?: boolean;
}

/** Absent for a finished case, for a goal that does not lie ahead, and where the case's rules are missing. */
export function explain(world: World, state: CaseState, goal: Goal = {}): Explanation | undefined {
  const asked = askedOf(world, state, goal);
  if (asked === undefined) return undefined;
  const { view, route, criteria } = asked;
  const unmet = unmetIn(view, criteria).map((one) => one.reason);
  const plan = cheapestPlan(view, criteria);
  return {
    goal: {
      ...(route.enters && { stage: route.enters.stage, title: route.enters.title }),
      wins: route.wins,
      finishes: route.finishes,
    },
    is_open: unmet.length === 0,
    unmet,
    ...(plan && { acts: actsOf(view, plan), effort: plan.steps.length, is_cheapest: plan.exhaustive }),
  };
}

/** The commands behind the acts, with witness values: for rehearsal and for tests, not for showing to people. */
export function planFor(world: World, state: CaseState, goal: Goal = {}): Plan | undefined {
  const asked = askedOf(world, state, goal);
  return asked && cheapestPlan(asked.view, asked.criteria);
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
  const criteria = routeCriteria(view.rules, state, route).filter((one) => one.mode === 'enforce');
  return { view, route, criteria };
}

function actsOf(view: CaseView, plan: Plan): readonly Act[] {
  return plan.steps.flatMap((step): Act | readonly Act[] => actOf(view, plan, step) ?? []);
}

function actOf(view: CaseView, plan: Plan, step: Step): Act | undefined {
  const owner = resolveWho(view.world.people, { kind: 'owner' }, whoContextOf(view));
  switch (step.step) {
    case 'submit':
    case 'accept':
    case 'withdraw': {
      const rule = indexOf(view.rules).evidence.get(step.evidence);
      if (rule === undefined) return undefined;
      const who = step.step === 'accept' ? acceptorsOf(view, rule) : owner;
      return { act: `${step.step}_evidence`, evidence: step.evidence, title: rule.title, who, rule: rule.at };
    }
    case 'set': {
      const fact = lookUp(view.rules.pipeline.facts, step.fact);
      if (fact === undefined) return undefined;
      const { so_that, rule } = requirements(view, plan, step.fact, fact.at);
      return { act: 'set_fact', fact: step.fact, title: fact.title, so_that, who: owner, rule };
    }
    case 'log':
      // Whatever kind it is: `any` asks only that something was done.
      return { act: 'log_activity', activity: step.activity, who: owner };
    case 'plan':
      return { act: 'plan_task', dated: step.dated, who: owner };
    case 'complete': {
      const task = lookUp(view.state.tasks, step.task);
      return (
        task && { act: 'complete_task', task: step.task, title: task.title, who: [...new Set([task.owner, ...owner])] }
      );
    }
  }
}

/** The leaves that the fact's new value must satisfy. */
function requirements(
  view: CaseView,
  plan: Plan,
  fact: string,
  declared: At,
): { readonly so_that: readonly Requirement[]; readonly rule: At } {
  const { facts } = view.rules.pipeline;
  const so_that = plan.leaves.filter(({ leaf }) => leaf.kind === 'fact' && factsOf(leaf, facts).has(fact));
  return { so_that, rule: so_that[0]?.leaf.at ?? declared };
}

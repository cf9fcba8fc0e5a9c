/** The changes people could make to one case, as the search for the cheapest of them sees it. */

import type { Changes, Picked, Restriction } from '../../condition/changes.ts';
import { truthOf } from '../../condition/evaluate.ts';
import type { Truth } from '../../condition/result.ts';
import type { Condition, Leaf } from '../../playbook/condition.ts';
import { localDate } from '../../time/calendar.ts';
import { type CaseView, seenIn } from '../case-view.ts';
import { stageCriteria } from '../criteria.ts';
import { evidenceIn } from '../evidence-in.ts';
import { lookUp } from '../look-up.ts';
import { stageIndex } from '../route.ts';
import { indexOf } from '../rules-of.ts';
import type { Step } from './act.ts';
import { afterSteps } from './after-steps.ts';
import { candidateValues } from './candidates.ts';
import { type Reach, reachOf } from './leaves-of.ts';
import { activityOptions, evidenceOptions, factOptions, feasible, type Option, taskOptions } from './options.ts';
import { orderSteps } from './order-steps.ts';
import type { Situation } from './situation.ts';

export interface CaseChanges extends Changes {
  /** The steps of the picked options, in no particular order. */
  steps(picks: ReadonlyMap<string, number>): readonly Step[];
}

/** What people could do about the leaves that these conditions lead to. */
export function caseChanges(view: CaseView, conditions: readonly Condition[]): CaseChanges {
  const asked = reachOf(conditions, surroundingsOf(view));
  const support = supportAtRisk(view, asked.unwanted);
  const reach = support.length === 0 ? asked : reachOf([...conditions, ...support], surroundingsOf(view));
  const changes = new Everything(view, reach);
  if (support.length > 0) changes.keepStage(support);
  return changes;
}

/** What the stages already passed rest on, as far as a withdrawal that conditions may call for could take it away. */
function supportAtRisk({ rules, state }: CaseView, unwanted: ReadonlySet<string>): readonly Condition[] {
  const opened = Math.max(0, stageIndex(rules.pipeline, state.opened_stage));
  const passed = rules.pipeline.stages
    .slice(0, stageIndex(rules.pipeline, state.stage))
    .flatMap((_stage, index) => (index < opened ? [] : stageCriteria(rules.pipeline, index)))
    .map((criterion) => criterion.condition);
  const atRisk = [...unwanted].filter((id) => lookUp(state.evidence, id)?.status === 'accepted');
  return passed.filter((condition) => atRisk.some((id) => evidenceIn(condition, rules).has(id)));
}

function surroundingsOf(view: CaseView) {
  return { facts: view.rules.pipeline.facts, milestone: seenIn(view).milestone };
}

class Everything implements CaseChanges {
  readonly restrictions: Restriction[] = [];
  private readonly view: CaseView;
  private readonly options: Map<string, readonly Option[]>;
  /** Variables with an option that counts as an activity. */
  private readonly active: readonly string[];
  private readonly variables = new Map<Leaf, readonly string[]>();
  private readonly truths = new Map<Leaf, Map<string, Truth>>();

  constructor(view: CaseView, reach: Reach) {
    this.view = view;
    this.options = optionsOf(view, reach);
    this.active = [...this.options]
      .filter(([, list]) => list.some((one) => one.some(isActivity)))
      .map(([name]) => name);
  }

  /** Withdrawals must leave the case on its stage. */
  keepStage(support: readonly Condition[]): void {
    const { leaves } = reachOf(support, surroundingsOf(this.view));
    const variables = [...new Set(leaves.flatMap((leaf) => this.variablesOf(leaf)))];
    const allows = (picked: Picked): boolean => {
      const steps = variables.flatMap((variable) => this.optionAt(variable, picked(variable)));
      return !steps.some(({ step }) => step === 'withdraw') || orderSteps(this.view, steps) !== undefined;
    };
    this.restrictions.push({ variables, allows });
  }

  variablesOf(leaf: Leaf): readonly string[] {
    let known = this.variables.get(leaf);
    if (known === undefined) {
      const reach = reachOf([leaf], surroundingsOf(this.view));
      const names = [
        ...[...reach.facts].map((fact) => `fact ${fact}`),
        ...reach.leaves.flatMap((one) => this.named(one)),
      ];
      known = [...new Set(names)].filter((variable) => (this.options.get(variable)?.length ?? 0) > 1);
      this.variables.set(leaf, known);
    }
    return known;
  }

  private named(leaf: Leaf): readonly string[] {
    switch (leaf.kind) {
      case 'evidence':
        return [`evidence ${leaf.evidence}`];
      case 'task':
        return ['tasks'];
      case 'activity':
        return leaf.activity === 'any' ? this.active : [`activity ${leaf.activity}`];
      default:
        return [];
    }
  }

  truth(leaf: Leaf, picked: Picked): Truth {
    const variables = this.variablesOf(leaf);
    const key = variables.map(picked).join();
    const known = this.truths.get(leaf) ?? new Map<string, Truth>();
    this.truths.set(leaf, known);
    let answer = known.get(key);
    if (answer === undefined) {
      const steps = variables.flatMap((variable) => this.optionAt(variable, picked(variable)));
      answer = truthOf(leaf, seenIn(afterSteps(this.view, steps)));
      known.set(key, answer);
    }
    return answer;
  }

  costs(variable: string): readonly number[] {
    return (this.options.get(variable) ?? []).map((option) => option.length);
  }

  milestone(id: string): Condition | undefined {
    return indexOf(this.view.rules).milestones.get(id)?.when;
  }

  steps(picks: ReadonlyMap<string, number>): readonly Step[] {
    return [...picks].flatMap(([variable, index]) => this.optionAt(variable, index));
  }

  private optionAt(variable: string, index: number): Option {
    return this.options.get(variable)?.[index] ?? [];
  }
}

function isActivity({ step }: Step): boolean {
  return step === 'log' || step === 'submit' || step === 'complete';
}

function optionsOf(view: CaseView, reach: Reach): Map<string, readonly Option[]> {
  const options = new Map<string, readonly Option[]>();
  const situation = situationOf(view);
  for (const [fact, candidates] of candidateValues(situation, reach)) {
    options.set(`fact ${fact}`, feasible(view, factOptions(fact, lookUp(view.state.facts, fact)?.value, candidates)));
  }
  const kinds = new Set(reach.leaves.flatMap((leaf) => (leaf.kind === 'activity' ? [leaf.activity] : [])));
  for (const leaf of reach.leaves) {
    if (leaf.kind === 'evidence') {
      const rule = indexOf(view.rules).evidence.get(leaf.evidence);
      if (rule !== undefined) options.set(`evidence ${leaf.evidence}`, feasible(view, evidenceOptions(view, rule)));
    }
    if (leaf.kind === 'task') options.set('tasks', feasible(view, taskOptions(view)));
    if (leaf.kind === 'activity') {
      options.set(`activity ${leaf.activity}`, feasible(view, activityOptions(view, leaf.activity, kinds)));
    }
  }
  return options;
}

function situationOf(view: CaseView): Situation {
  const { calendar, state, at, world } = view;
  return {
    facts: view.rules.pipeline.facts,
    set: (name) => lookUp(state.facts, name)?.value,
    around: seenIn(view),
    people: world.people,
    plain: { now: at, calendar, today: localDate(calendar, at), person: state.owner, currency: 'CNY' },
  };
}

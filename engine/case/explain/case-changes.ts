/** The changes people could make to one case, as the search for the cheapest of them sees it. */

import type { Changes, Obligation, Picked, Restriction, Want } from '../../condition/changes.ts';
import { truthOf } from '../../condition/evaluate.ts';
import type { Truth } from '../../condition/result.ts';
import type { Condition, Leaf } from '../../playbook/condition.ts';
import { approvalIn } from '../approvals/standing.ts';
import { type CaseView, seenIn } from '../case-view.ts';
import { indexOf } from '../rules-of.ts';
import type { Step } from './act.ts';
import { afterSteps } from './after-steps.ts';
import { factsBehind, type Reach, reachOf, type Surroundings } from './leaves-of.ts';
import type { Option } from './options.ts';
import { optionsFor } from './options-for.ts';
import { orderSteps } from './order-steps.ts';
import { supportOf } from './support-of.ts';
import { unfoldScore } from './unfold-score.ts';

/** What people could do about the leaves that these conditions lead to. */
export function caseChanges(view: CaseView, conditions: readonly Condition[]): CaseChanges {
  const around = surroundingsOf(view);
  const asked = reachOf(conditions, around);
  const options = optionsFor(view, asked);
  // Stages passed must stay supported, so what they rest on counts too once a withdrawal is among the options.
  const support = [...asked.unwanted].flatMap((id) =>
    options.get(`evidence ${id}`)?.some(isWithdrawal) ? supportOf(view, id) : [],
  );
  if (support.length === 0) return new CaseChanges(view, asked, options);
  const reach = reachOf([...conditions, ...support], around);
  const changes = new CaseChanges(view, reach, optionsFor(view, reach));
  changes.keepStage(reachOf(support, around));
  return changes;
}

function surroundingsOf(view: CaseView): Surroundings {
  const { milestones, decisions } = indexOf(view.rules);
  return {
    facts: view.rules.pipeline.facts,
    milestone: (id) => milestones.get(id)?.when,
    decision: (id) => decisions.get(id),
  };
}

export class CaseChanges implements Changes {
  restriction?: Restriction;
  private readonly view: CaseView;
  private readonly around: Surroundings;
  private readonly options: ReadonlyMap<string, readonly Option[]>;
  /** Variables with an option that counts as an activity. */
  private readonly active: readonly string[];
  private readonly variables = new Map<Leaf, readonly string[]>();
  private readonly truths = new Map<Leaf, Map<string, Truth>>();

  constructor(view: CaseView, reach: Reach, options: ReadonlyMap<string, readonly Option[]>) {
    this.view = view;
    this.around = surroundingsOf(view);
    this.options = options;
    this.active = [...options].filter(([, list]) => list.some((one) => one.some(isActivity))).map(([name]) => name);
    this.options = new Map([...options].map(([name, list]) => [name, this.distinct(name, list, reach)]));
    // Their options are numbered anew.
    this.truths.clear();
    this.variables.clear();
  }

  /** Withdrawals must leave the case on its stage. */
  keepStage(support: Reach): void {
    // The clock takes no support away, so tasks and activities do not matter.
    const evidence = support.leaves.flatMap((leaf) => (leaf.kind === 'evidence' ? this.variablesOf(leaf) : []));
    const facts = [...support.facts].map((fact) => `fact ${fact}`).filter((variable) => this.isOpen(variable));
    const variables = [...new Set([...evidence, ...facts])];
    const allows = (picked: Picked): boolean => {
      const steps = variables.flatMap((variable) => this.optionAt(variable, picked(variable)));
      return !isWithdrawal(steps) || orderSteps(this.view, steps) !== undefined;
    };
    this.restriction = { variables, allows };
  }

  variablesOf(leaf: Leaf): readonly string[] {
    let known = this.variables.get(leaf);
    if (known === undefined) {
      const reach = reachOf([leaf], this.around);
      const names = [
        ...[...reach.facts].map((fact) => `fact ${fact}`),
        ...reach.leaves.flatMap((one) => this.variablesNamed(one)),
      ];
      known = [...new Set(names)].filter((variable) => this.isOpen(variable));
      this.variables.set(leaf, known);
    }
    return known;
  }

  private variablesNamed(leaf: Leaf): readonly string[] {
    switch (leaf.kind) {
      case 'evidence':
        return [`evidence ${leaf.evidence}`];
      case 'approval':
        return this.variablesOfApproval(leaf.approval);
      case 'decision':
        return [`decision ${leaf.decision}`];
      case 'task':
        return ['tasks'];
      case 'activity':
        return leaf.activity === 'any' ? this.active : [`activity ${leaf.activity}`];
      default:
        return [];
    }
  }

  /** What it reviews and what its steps hang on comes before it: an answer is to what stands there then. */
  private variablesOfApproval(approval: string): readonly string[] {
    const steps = approvalIn(this.view.rules, approval)?.turns.flat() ?? [];
    const reach = reachOf(
      steps.flatMap(({ when }) => when ?? []),
      this.around,
    );
    const bound = steps
      .flatMap(({ binds }) => binds)
      .map((one) => (one.kind === 'fact' ? `fact ${one.fact}` : `evidence ${one.evidence}`));
    const facts = [...reach.facts, ...boundFacts(bound, this.around)].map((fact) => `fact ${fact}`);
    const things = reach.leaves.flatMap((one) => (one.kind === 'approval' ? [] : this.variablesNamed(one)));
    return [...facts, ...bound, ...things, `approval ${approval}`];
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

  /** Any activity is one of several; a score is won by some conditions and not by others. */
  unfold(leaf: Leaf, want: Want): Obligation | undefined {
    if (leaf.kind === 'fact') return unfoldScore(leaf, want, this.around.facts);
    const variables = this.variablesOf(leaf);
    if (leaf.kind !== 'activity' || variables.length < 2) return undefined;
    const of = variables.map((variable): Leaf => {
      const share = { ...leaf };
      this.variables.set(share, [variable]);
      return share;
    });
    return { condition: { kind: 'any', of, at: leaf.at }, want };
  }

  costs(variable: string): readonly number[] {
    return (this.options.get(variable) ?? []).map((option) => option.length);
  }

  milestone(id: string): Condition | undefined {
    return this.around.milestone(id);
  }

  /** The steps of a picked option. */
  optionAt(variable: string, index: number): Option {
    return this.options.get(variable)?.[index] ?? [];
  }

  private isOpen(variable: string): boolean {
    return (this.options.get(variable)?.length ?? 0) > 1;
  }

  /** Values of a fact that every condition on it answers alike are one; where it is weighed against others, none are. */
  private distinct(variable: string, options: readonly Option[], reach: Reach): readonly Option[] {
    const fact = variable.startsWith('fact ') ? variable.slice('fact '.length) : undefined;
    if (fact === undefined) return options;
    // A score asks about facts in leaves of its own, which are among these.
    const leaves = reach.leaves.filter((leaf) => reachOf([leaf], this.around).measured.has(fact));
    if (leaves.some((leaf) => this.variablesOf(leaf).length > 1)) return options;
    const kept = new Map<string, Option>();
    for (const [index, option] of options.entries()) {
      const answers = leaves.map((leaf) => this.truth(leaf, () => index));
      const key = [option.length, ...answers].join();
      if (!kept.has(key)) kept.set(key, option);
    }
    return [...kept.values()];
  }
}

/** Facts that somebody sets, behind those that are computed. */
function boundFacts(bound: readonly string[], around: Surroundings): readonly string[] {
  const names = bound.flatMap((one) => (one.startsWith('fact ') ? [one.slice('fact '.length)] : []));
  return [...new Set(names.flatMap((name) => factsBehind(name, around)))];
}

function isActivity({ step }: Step): boolean {
  return step === 'log' || step === 'submit' || step === 'complete';
}

function isWithdrawal(option: Option): boolean {
  return option.some(({ step }) => step === 'withdraw');
}

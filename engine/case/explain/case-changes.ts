/** The changes people could make to one case, as the search for the cheapest of them sees it. */

import type { Changes } from '../../condition/changes.ts';
import { type FactReader, factReader } from '../../condition/derived.ts';
import { truthOf } from '../../condition/evaluate.ts';
import type { Seen } from '../../condition/seen.ts';
import type { Condition, Leaf } from '../../playbook/condition.ts';
import type { EvidenceRule } from '../../playbook/pipeline.ts';
import type { Fact, Value } from '../../playbook/value.ts';
import type { TaskEntry } from '../state.ts';
import { candidateValues, factsOf } from './candidates.ts';
import { conditionsBehind, leavesOf } from './leaves-of.ts';
import { activityOptions, evidenceOptions, factOptions, type Option, taskOptions, variableOf } from './variables.ts';

/** What the search needs to know of the case, beside what conditions see. */
export interface CaseView {
  readonly seen: Seen;
  readonly facts: Readonly<Record<string, Fact>>;
  /** A fact that somebody set. */
  setFact(name: string): Value | undefined;
  readonly tasks: Readonly<Record<string, TaskEntry>>;
  evidenceRule(id: string): EvidenceRule | undefined;
  /** Whether the case keeps its stage when this evidence is withdrawn. */
  canWithdraw(evidence: string): boolean;
}

export interface CaseChanges extends Changes {
  option(variable: string, index: number): Option | undefined;
}

/** Any kind of activity will do for `activity: any`. */
const ANY = 'activity any';

export function caseChanges(view: CaseView, conditions: readonly Condition[]): CaseChanges {
  const { seen } = view;
  const around = { facts: view.facts, milestone: (id: string) => seen.milestone(id) };
  const leaves = leavesOf(conditions, around);
  const options = optionsOf(view, leaves);
  const active = [...options]
    .filter(([, list]) => list.some((option) => option.isActivity))
    .map(([variable]) => variable);
  const variables = new Map<Leaf, readonly string[]>();

  const rawVariables = (leaf: Leaf): readonly string[] => {
    switch (leaf.kind) {
      case 'field':
      case 'milestone':
        return [];
      case 'fact':
        return factVariables(leaf);
      case 'activity':
        return leaf.activity === 'any' ? active : [variableOf(leaf)];
      default:
        return [variableOf(leaf)];
    }
  };
  const factVariables = (leaf: Extract<Leaf, { kind: 'fact' }>): readonly string[] => {
    const names = leaf.operand.kind === 'fact' ? [leaf.fact, leaf.operand.fact] : [leaf.fact];
    const scores = leavesOf(
      names.flatMap((name) => conditionsBehind(name, view.facts)),
      around,
    );
    const behind = scores.flatMap((inner) => (inner.kind === 'fact' ? facts(inner) : rawVariables(inner)));
    return [...facts(leaf), ...behind];
  };
  const facts = (leaf: Extract<Leaf, { kind: 'fact' }>): readonly string[] =>
    [...factsOf(leaf, view.facts)].map((name) => `fact ${name}`);

  return {
    variablesOf(leaf) {
      let known = variables.get(leaf);
      if (known === undefined) {
        known = [...new Set(rawVariables(leaf))].filter((variable) => (options.get(variable)?.length ?? 0) > 1);
        variables.set(leaf, known);
      }
      return known;
    },
    costs: (variable) => (options.get(variable) ?? []).map((option) => option.steps.length),
    truth: (leaf, pick) =>
      truthOf(
        leaf,
        hypothetical(view, (variable) => options.get(variable)?.[pick(variable)], active),
      ),
    milestone: (id) => seen.milestone(id),
    option: (variable, index) => options.get(variable)?.[index],
  };
}

function optionsOf(view: CaseView, leaves: readonly Leaf[]): ReadonlyMap<string, readonly Option[]> {
  const { seen } = view;
  const options = new Map<string, readonly Option[]>();
  const candidates = candidateValues(leaves, {
    facts: view.facts,
    read: (name) => seen.fact(name),
    calendar: seen.calendar,
    now: seen.now,
  });
  const unwanted = new Set(
    leaves.flatMap((leaf) => (leaf.kind === 'fact' && leaf.operator === 'is_known' ? factsOfLeaf(leaf, view) : [])),
  );
  for (const [name, values] of candidates)
    options.set(`fact ${name}`, factOptions(name, view.setFact(name), values, unwanted.has(name)));
  for (const leaf of leaves) {
    if (leaf.kind === 'evidence') {
      const rule = view.evidenceRule(leaf.evidence);
      if (rule === undefined) continue;
      options.set(
        variableOf(leaf),
        evidenceOptions(rule, seen.evidence(rule.evidence), view.canWithdraw(rule.evidence)),
      );
    }
    if (leaf.kind === 'task') options.set(variableOf(leaf), taskOptions(view.tasks, seen.now));
    if (leaf.kind === 'activity') options.set(variableOf(leaf), activityOptions(leaf.activity));
  }
  return options;
}

function factsOfLeaf(leaf: Extract<Leaf, { kind: 'fact' }>, view: CaseView): readonly string[] {
  return [...factsOf(leaf, view.facts)];
}

/** The case as it would stand with the picked options. */
function hypothetical(
  view: CaseView,
  picked: (variable: string) => Option | undefined,
  active: readonly string[],
): Seen {
  const { seen } = view;
  const around = {
    ...seen,
    evidence: (id: string) => {
      const accepted = picked(`evidence ${id}`)?.accepted;
      if (accepted === undefined) return seen.evidence(id);
      return { standing: accepted ? ('accepted' as const) : ('withdrawn' as const), at: seen.now };
    },
    task: (which: 'open' | 'dated' | 'overdue') => picked('tasks')?.tasks?.[which] ?? seen.task(which),
    activity: (kind: string) => {
      const variable = `activity ${kind}`;
      const isLogged = variable === ANY ? active.some((one) => picked(one)?.isActivity) : picked(variable)?.isActivity;
      return isLogged ? seen.now : seen.activity(kind);
    },
  };
  const values: FactReader = (name) => {
    const option = picked(`fact ${name}`)?.fact;
    return option === undefined ? view.setFact(name) : option.value;
  };
  return { ...around, fact: factReader(view.facts, values, around) };
}

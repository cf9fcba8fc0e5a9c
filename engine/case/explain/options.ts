/** What people can do about one thing of a case: options, each of as many commands as it costs. */

import { COMPARATORS } from '../../condition/compare.ts';
import { waysTo } from '../../parts/decision.ts';
import type { Decision } from '../../playbook/decision.ts';
import type { EvidenceRule } from '../../playbook/pipeline.ts';
import { ACTIVITIES } from '../../playbook/pipeline.ts';
import type { Value } from '../../playbook/value.ts';
import type { CaseView } from '../case-view.ts';
import { seenIn } from '../case-view.ts';
import type { TaskEntry } from '../state.ts';
import type { Step } from './act.ts';
import { afterStep } from './after-steps.ts';
import { subsetsOf } from './subsets-of.ts';
import { whoCan } from './who-can.ts';

/** The steps of one option; none for leaving it as it is. */
export type Option = readonly Step[];

const AS_IS: Option = [];

/** Those of which every step can be taken by somebody, as the case stands after the steps before; first, as it is. */
export function feasible(view: CaseView, options: readonly Option[]): readonly Option[] {
  return [AS_IS, ...options.filter((option) => canBeTaken(view, option))];
}

function canBeTaken(view: CaseView, [step, ...more]: Option): boolean {
  if (step === undefined) return true;
  const [first] = whoCan(view, step);
  return first !== undefined && (more.length === 0 || canBeTaken(afterStep(view, step, first), more));
}

/** Withdrawing comes before submitting anew, which also ends an acceptance but only by the way. */
export function evidenceOptions(view: CaseView, { evidence, accepted_by }: EvidenceRule): readonly Option[] {
  const submit = { step: 'submit', evidence } as const;
  const accept = { step: 'accept', evidence } as const;
  const { standing } = seenIn(view).evidence(evidence);
  return [
    ...(standing === 'accepted' ? [[{ step: 'withdraw', evidence } as const]] : []),
    ...(standing === 'submitted' ? [[accept]] : []),
    [submit],
    ...(accepted_by === undefined ? [] : [[submit, accept]]),
  ];
}

/** Answers to every outcome that people can bring about; nothing where the facts alone say it. */
export function decisionOptions(view: CaseView, { decision, way }: Decision): readonly Option[] {
  if (way.kind === 'table') return [];
  const ways = [...waysTo(way, seenIn(view)).values()].filter((answers) => Object.keys(answers).length > 0);
  return ways.map((answers) => [{ step: 'answer', decision, answers }]);
}

/** Setting the fact to another value comes before clearing it. */
export function factOptions(fact: string, now: Value | undefined, candidates: readonly Value[]): readonly Option[] {
  const others = candidates.filter((value) => now === undefined || COMPARATORS.is(value, now) !== true);
  const set = others.map((value): Option => [{ step: 'set', fact, value }]);
  return now === undefined ? set : [...set, [{ step: 'set', fact, value: undefined }]];
}

/**
 * Logging an activity of a kind. For `any`, of one that no condition names, so that it does nothing else; none when all
 * are named, which are options of their own then.
 *
 * @param named kinds that conditions name, `any` among them
 */
export function activityOptions(view: CaseView, kind: string, named: ReadonlySet<string>): readonly Option[] {
  // The least particular first.
  const kinds = [...ACTIVITIES.toReversed(), ...Object.keys(view.rules.pipeline.activities)];
  const activity = kind === 'any' ? kinds.find((one) => !named.has(one)) : kinds.find((one) => one === kind);
  return activity === undefined ? [] : [[{ step: 'log', activity, is_any: kind === 'any' && named.size === 1 }]];
}

const TASK_KINDS = ['overdue', 'dated', 'undated'] as const;
type TaskKind = (typeof TASK_KINDS)[number];

/** Every set of kinds of open tasks: whoever wants none of a kind must complete all of it. */
const KIND_SETS: readonly (readonly TaskKind[])[] = subsetsOf(TASK_KINDS);
const PLANS: readonly Option[] = [[], [{ step: 'plan', dated: false }], [{ step: 'plan', dated: true }]];

/** Completing all open tasks of some kinds, or just one for the activity it is, and planning one more, or none. */
export function taskOptions({ state, at }: CaseView): readonly Option[] {
  const open = Object.entries(state.tasks).filter(([, task]) => task.done_at === undefined);
  const complete = ([task]: readonly [string, TaskEntry]): Step => ({ step: 'complete', task });
  const completed = KIND_SETS.map((kinds) => open.filter(([, task]) => kinds.includes(kindOf(task, at))));
  const single = TASK_KINDS.flatMap((kind) => open.filter(([, task]) => kindOf(task, at) === kind).slice(0, 1));
  const sets = new Map(
    [...completed, ...single.map((one) => [one])].map((set) => [String(set.map(([id]) => id)), set]),
  );
  return [...sets.values()]
    .flatMap((set) => PLANS.map((plan): Option => [...set.map(complete), ...plan]))
    .filter((option) => option.length > 0);
}

function kindOf(task: TaskEntry, at: string): TaskKind {
  if (task.due_at === undefined) return 'undated';
  return task.due_at <= at ? 'overdue' : 'dated';
}

/** What can be changed about a case by commands: evidence, facts, activities, tasks, each with its options and their cost. */

import { COMPARATORS } from '../../condition/compare.ts';
import type { EvidenceSeen } from '../../condition/seen.ts';
import type { Leaf } from '../../playbook/condition.ts';
import type { EvidenceRule } from '../../playbook/pipeline.ts';
import type { Value } from '../../playbook/value.ts';
import type { Instant } from '../../time/instant.ts';
import type { TaskEntry } from '../state.ts';
import type { Step } from './act.ts';

/** One option of a variable: the steps that lead there (as many as it costs) and how the case then stands. */
export interface Option {
  readonly steps: readonly Step[];
  /** Evidence: whether it is then accepted and fresh. Absent: as it is. */
  readonly accepted?: boolean;
  /** Facts: the new value, or none. */
  readonly fact?: { readonly value: Value | undefined };
  /** Tasks as they then stand. */
  readonly tasks?: TaskStanding;
  /** Whether the steps themselves count as an activity. */
  readonly isActivity?: boolean;
}

export interface TaskStanding {
  readonly open: boolean;
  readonly dated: boolean;
  readonly overdue: boolean;
}

const AS_IS: Option = { steps: [] };

/** @param canWithdraw whether the case keeps its stage when this evidence is withdrawn */
export function evidenceOptions(rule: EvidenceRule, seen: EvidenceSeen, canWithdraw: boolean): readonly Option[] {
  const { evidence } = rule;
  if (seen.standing === 'accepted')
    return canWithdraw ? [AS_IS, { steps: [{ step: 'withdraw', evidence }], accepted: false }] : [AS_IS];
  if (seen.standing === 'submitted') return [AS_IS, { steps: [{ step: 'accept', evidence }], accepted: true }];
  const submit: Step = { step: 'submit', evidence };
  const steps: readonly Step[] = rule.accepted_by === undefined ? [submit] : [submit, { step: 'accept', evidence }];
  return [AS_IS, { steps, accepted: true, isActivity: true }];
}

/** @param clears whether a condition may want the fact not to be known */
export function factOptions(
  fact: string,
  now: Value | undefined,
  candidates: readonly Value[],
  clears: boolean,
): readonly Option[] {
  const values = candidates.filter((value) => now === undefined || COMPARATORS.is(value, now) !== true);
  const set = values.map((value): Option => ({ steps: [{ step: 'set', fact, value }], fact: { value } }));
  const clear: readonly Option[] =
    clears && now !== undefined
      ? [{ steps: [{ step: 'set', fact, value: undefined }], fact: { value: undefined } }]
      : [];
  return [AS_IS, ...set, ...clear];
}

export function activityOptions(activity: string): readonly Option[] {
  return [AS_IS, { steps: [{ step: 'log', activity }], isActivity: true }];
}

type TaskKind = 'overdue' | 'dated' | 'undated';
const TASK_KIND_SETS: readonly (readonly TaskKind[])[] = [
  [],
  ['overdue'],
  ['dated'],
  ['undated'],
  ['overdue', 'dated'],
  ['overdue', 'undated'],
  ['dated', 'undated'],
  ['overdue', 'dated', 'undated'],
];
const PLANS: readonly (readonly Step[])[] = [[], [{ step: 'plan', dated: true }], [{ step: 'plan', dated: false }]];

/** Completing all tasks of some kinds, or none, and planning one more, or none. */
export function taskOptions(tasks: Readonly<Record<string, TaskEntry>>, now: Instant): readonly Option[] {
  const byKind: Record<TaskKind, string[]> = { overdue: [], dated: [], undated: [] };
  for (const [id, task] of Object.entries(tasks)) if (task.done_at === undefined) byKind[kindOf(task, now)].push(id);
  return TASK_KIND_SETS.flatMap((completed) =>
    PLANS.map((plan): Option => {
      const left = (kind: TaskKind): boolean => byKind[kind].length > 0 && !completed.includes(kind);
      const done = completed.flatMap((kind) => byKind[kind].map((task): Step => ({ step: 'complete', task })));
      const plans = (dated: boolean): boolean => plan.some((step) => step.step === 'plan' && step.dated === dated);
      const dated = left('dated') || left('overdue') || plans(true);
      return {
        steps: [...done, ...plan],
        tasks: { open: dated || left('undated') || plans(false), dated, overdue: left('overdue') },
        isActivity: done.length > 0,
      };
    }),
  );
}

function kindOf(task: TaskEntry, now: Instant): TaskKind {
  if (task.due_at === undefined) return 'undated';
  return task.due_at <= now ? 'overdue' : 'dated';
}

/** The name of the variable that a leaf about evidence, an activity or tasks turns on. */
export function variableOf(leaf: Exclude<Leaf, { kind: 'fact' | 'field' | 'milestone' }>): string {
  switch (leaf.kind) {
    case 'evidence':
      return `evidence ${leaf.evidence}`;
    case 'activity':
      return `activity ${leaf.activity}`;
    case 'task':
      return 'tasks';
  }
}

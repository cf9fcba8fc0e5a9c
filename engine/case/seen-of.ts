/** Shows a case to conditions: facts, evidence, tasks and activities as they stand at one moment. */

import { factReader } from '../condition/derived.ts';
import type { ApprovalSeen, EvidenceSeen, Seen, Surroundings } from '../condition/seen.ts';
import type { Rules } from '../playbook/set.ts';
import { addDuration, localDate, type WorkingCalendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import { approvalSeen } from './approvals/standing.ts';
import { childrenIn } from './children/children-in.ts';
import { decisionReader } from './decision-standing.ts';
import { laterOf } from './later-of.ts';
import { lookUp } from './look-up.ts';
import { indexOf } from './rules-of.ts';
import type { CaseState, TaskEntry } from './state.ts';

export interface SeenOptions {
  readonly now: Instant;
  /**
   * For the question whether a stage is supported: accepted evidence counts however old it is, and evidence taken on
   * trust counts until its day is over.
   */
  readonly for_support?: boolean;
}

/** What conditions see of a case under these rules. */
export function seenOf(
  rules: Rules,
  calendar: WorkingCalendar,
  state: CaseState,
  { now, for_support: forSupport = false }: SeenOptions,
): Seen {
  const index = indexOf(rules);
  const around: Surroundings = {
    now,
    calendar,
    evidence: (id) => {
      const standing = standingOf(state, id);
      if (forSupport) return isOnTrust(state, id, localDate(calendar, now)) ? { standing: 'accepted' } : standing;
      const freshFor = index.evidence.get(id)?.fresh_for;
      if (standing.standing !== 'accepted' || standing.at === undefined || freshFor === undefined) return standing;
      return addDuration(calendar, standing.at, freshFor) < now ? { ...standing, standing: 'stale' } : standing;
    },
    approval: (id) => approvals(id),
    milestone: (id) => index.milestones.get(id)?.when,
    task: (which) => hasTask(state, which, now),
    activity: (kind) => lastActivity(state, kind),
    decision: (id) => decision(id),
    children: (pipeline) => childrenIn(state, pipeline),
  };
  const fact = factReader(rules.pipeline.facts, (name) => lookUp(state.facts, name)?.value, around);
  const seen: Seen = { ...around, fact };
  // An approval whose own steps ask for it, through a milestone or a score, is not there.
  const judging = new Set<string>();
  const approvals = (id: string): ApprovalSeen => {
    if (judging.has(id)) return { standing: 'missing' };
    judging.add(id);
    const found = approvalSeen(rules, state, id, seen);
    judging.delete(id);
    return found;
  };
  const decision = decisionReader(index.decisions, state.decisions ?? {}, seen);
  return seen;
}

function standingOf(state: CaseState, id: string): EvidenceSeen {
  const entry = lookUp(state.evidence, id);
  if (entry === undefined) return { standing: 'missing' };
  return { standing: entry.status, at: entry.settled_at ?? entry.submitted_at };
}

/** Owed by an import, not yet due, and nothing was submitted for it that could be judged instead. */
function isOnTrust(state: CaseState, id: string, today: string): boolean {
  const isOwed = state.debts.some((debt) => debt.evidence === id && today <= debt.due_on);
  return isOwed && !Object.hasOwn(state.evidence, id);
}

const TASK_TESTS: Readonly<Record<'open' | 'dated' | 'overdue', (task: TaskEntry, now: Instant) => boolean>> = {
  open: () => true,
  dated: (task) => task.due_at !== undefined,
  // Due at the midnight that ends the day: at that moment the day is over.
  overdue: (task, now) => task.due_at !== undefined && task.due_at <= now,
};

function hasTask(state: CaseState, which: keyof typeof TASK_TESTS, now: Instant): boolean {
  return Object.values(state.tasks).some((task) => task.done_at === undefined && TASK_TESTS[which](task, now));
}

function lastActivity(state: CaseState, kind: string): Instant | undefined {
  if (kind !== 'any') return lookUp(state.activities, kind);
  const all = Object.values(state.activities);
  return all.length === 0 ? undefined : all.reduce(laterOf);
}

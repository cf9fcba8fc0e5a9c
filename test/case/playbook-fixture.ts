/** Compiled playbooks by hand, small enough to see at a glance what they ask; and the people who work by them. */

import type { Calendar, Hours } from '../../engine/playbook/calendar.ts';
import type { Condition, Operator } from '../../engine/playbook/condition.ts';
import type { Decision, DecisionOutcome, Next, Question } from '../../engine/playbook/decision.ts';
import type { Gate } from '../../engine/playbook/gate.ts';
import type { Ladder } from '../../engine/playbook/ladder.ts';
import type { EvidenceRule, Milestone, Pipeline, Stage } from '../../engine/playbook/pipeline.ts';
import { RIGHTS, type Roles } from '../../engine/playbook/roles.ts';
import type { PlaybookSet, Rules } from '../../engine/playbook/set.ts';
import type { At, Text } from '../../engine/playbook/text.ts';
import type { Fact, Value } from '../../engine/playbook/value.ts';
import type { Duration, DurationUnit } from '../../engine/time/duration.ts';
import type { People, Person } from '../../engine/who/people.ts';

let line = 0;

/** A place of its own for every rule, so that a test can tell them apart. */
export function place(): At {
  line += 1;
  return { file: 'fixture.yaml', line, col: 1 };
}

export function text(en: string): Text {
  return { zh: `中文 ${en}`, en };
}

export function lasting(amount: number, unit: DurationUnit): Duration {
  return { amount, unit };
}

export const factIs = (fact: string, operator: Operator, value: Value | readonly Value[]): Condition => ({
  kind: 'fact',
  fact,
  operator,
  operand: { kind: 'value', value },
  at: place(),
});
export const hasEvidence = (evidence: string): Condition => ({ kind: 'evidence', evidence, at: place() });
export const reached = (milestone: string): Condition => ({ kind: 'milestone', milestone, at: place() });
export const task = (which: 'open' | 'dated' | 'overdue'): Condition => ({ kind: 'task', task: which, at: place() });
export const activity = (kind: string, within: Duration): Condition => ({
  kind: 'activity',
  activity: kind,
  within,
  at: place(),
});
export const all = (...of: readonly Condition[]): Condition => ({ kind: 'all', of, at: place() });
export const any = (...of: readonly Condition[]): Condition => ({ kind: 'any', of, at: place() });
export const not = (of: Condition): Condition => ({ kind: 'not', of, at: place() });

export function fact(name: string, type: Fact['type'], more: Partial<Fact> = {}): readonly [string, Fact] {
  return [name, { fact: name, type, title: text(name), at: place(), ...more }];
}

export function evidence(id: string, more: Partial<EvidenceRule> = {}): EvidenceRule {
  return { evidence: id, title: text(id), fields: [], accepted_by: { kind: 'manager' }, at: place(), ...more };
}

export function milestone(id: string, when: Condition): Milestone {
  return { milestone: id, title: text(id), when, at: place() };
}

export function stage(id: string, more: Partial<Stage> = {}): Stage {
  return {
    stage: id,
    title: text(id),
    success_rate: 0.1,
    evidence: [],
    milestones: [],
    actions: [],
    at: place(),
    ...more,
  };
}

export function pipeline(id: string, stages: readonly Stage[], more: Partial<Pipeline> = {}): Pipeline {
  return {
    pipeline: id,
    title: text(id),
    subject: 'opportunity',
    calendar: 'always',
    aliases: {},
    facts: {},
    activities: {},
    open_at: stages.slice(0, 1).map(({ stage: first }) => ({ stage: first, at: place() })),
    lost_reasons: { price: text('price') },
    stages,
    at: place(),
    ...more,
  };
}

export function gate(id: string, when: Condition, more: Partial<Gate> = {}): Gate {
  return {
    gate: id,
    title: text(id),
    applies_to: [],
    at_point: 'advance',
    mode: 'enforce',
    when,
    otherwise: text(`${id} is shut`),
    evidence: [],
    at: place(),
    ...more,
  };
}

export function ladder(id: string, more: Partial<Ladder> = {}): Ladder {
  return {
    ladder: id,
    title: text(id),
    starts: [{ kind: 'no_activity', for: lasting(5, 'days'), at: place() }],
    ends_when: ['activity', 'advance', 'resolve'],
    rungs: [],
    at: place(),
    ...more,
  };
}

const ROUND_THE_CLOCK: Hours = [[0, 1440]];
const OFFICE: Hours = [
  [9 * 60, 12 * 60],
  [13 * 60, 18 * 60],
];

/** Every hour counts: for tests about other things than working time. */
export const always: Calendar = calendar('always', 'UTC', [
  ROUND_THE_CLOCK,
  ROUND_THE_CLOCK,
  ROUND_THE_CLOCK,
  ROUND_THE_CLOCK,
  ROUND_THE_CLOCK,
  ROUND_THE_CLOCK,
  ROUND_THE_CLOCK,
]);

/** Monday to Friday in Shanghai. */
export const office: Calendar = calendar('office', 'Asia/Shanghai', [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []]);

function calendar(id: string, zone: string, hours: Calendar['hours']): Calendar {
  return { calendar: id, zone, hours, holidays: [], make_up_days: [], valid_through: '2099-12-31', at: place() };
}

const SELLING = RIGHTS.filter((right) => !['import', 'administer'].includes(right));

/** Reps act on their own cases, managers and directors on their team's; the administrator may everything. */
export const roles: Roles = {
  roles: 'sales',
  posts: [
    {
      role: 'rep',
      title: text('Rep'),
      may: SELLING.filter((right) => !['accept_evidence', 'reject_evidence', 'resolve', 'hand_over'].includes(right)),
      over: 'own',
      at: place(),
    },
    { role: 'manager', title: text('Manager'), manages: 'rep', may: SELLING, over: 'team', at: place() },
    { role: 'director', title: text('Director'), manages: 'manager', may: SELLING, over: 'team', at: place() },
    { role: 'admin', title: text('Administrator'), may: RIGHTS, over: 'all', at: place() },
  ],
  at: place(),
};

function person(id: string, role: string, manager?: string, more: Partial<Person> = {}): readonly [string, Person] {
  return [id, { person: id, name: id, role, lang: 'en', active: true, ...(manager && { manager }), ...more }];
}

/** ann and ben sell, mia leads them, dan leads her; cyn sells elsewhere, liv has left. */
export const people: People = {
  version: 1,
  by_id: Object.fromEntries([
    person('ann', 'rep', 'mia'),
    person('ben', 'rep', 'mia'),
    person('mia', 'manager', 'dan'),
    person('dan', 'director'),
    person('cyn', 'rep', 'moe'),
    person('moe', 'manager', 'dan'),
    person('liv', 'rep', 'mia', { active: false }),
    person('root', 'admin'),
  ]),
};

export function decision(id: string, way: Decision['way'], more: Partial<Decision> = {}): Decision {
  return { decision: id, title: text(id), applies_to: [], outcomes: [], way, at: place(), ...more };
}

/** `yes` and `no` lead to outcomes, or with `?` before it to a question. */
export function question(id: string, yes: string, no: string, more: Partial<Question> = {}): Question {
  const next = (to: string): Next => (to.startsWith('?') ? { kind: 'ask', to: to.slice(1) } : { kind: 'outcome', to });
  const answer = (name: string, to: string) => ({ answer: name, title: text(name), next: next(to), at: place() });
  const answers = [answer('yes', yes), answer('no', no)];
  return { question: id, title: text(id), rests_on: [], answers, at: place(), ...more };
}

export function outcome(id: string, more: Partial<DecisionOutcome> = {}): DecisionOutcome {
  return { outcome: id, title: text(id), do: [], at: place(), ...more };
}

/** The set that these pipelines make; gates and decisions apply to all of them. */
export function setOf(
  pipelines: readonly Pipeline[],
  gates: readonly Gate[] = [],
  ladders: readonly Ladder[] = [],
  decisions: readonly Decision[] = [],
): PlaybookSet {
  const byId = Object.fromEntries(ladders.map((one) => [one.ladder, one]));
  return {
    language: 1,
    rules: Object.fromEntries(
      pipelines.map((one): [string, Rules] => [
        one.pipeline,
        {
          hash: `hash of ${one.pipeline}`,
          pipeline: one,
          gates,
          ladders: byId,
          ...(decisions.length > 0 && { decisions }),
        },
      ]),
    ),
    calendars: { always, office },
    roles,
    mappings: {},
  };
}

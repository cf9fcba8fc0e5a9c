/** Random playbooks whose stages ask for every kind of thing, and random commands that go through them. */

import fc from 'fast-check';
import type { Condition } from '../../engine/playbook/condition.ts';
import type { Gate } from '../../engine/playbook/gate.ts';
import type { EvidenceRule, Pipeline, Stage } from '../../engine/playbook/pipeline.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Fact, Formula } from '../../engine/playbook/value.ts';
import {
  activity,
  evidence,
  fact,
  factIs,
  gate,
  hasEvidence,
  ladder,
  lasting,
  milestone,
  pipeline,
  place,
  reached,
  setOf,
  stage,
  task,
  text,
} from './playbook-fixture.ts';

const EVIDENCE = ['e0', 'e1', 'e2', 'e3', 'e4', 'e5'] as const;
const STAGES = ['s0', 's1', 's2', 's3'] as const;

/** What every random pipeline knows: some set, some computed from them. */
function facts(scored: Condition): Record<string, Fact> {
  const of = (name: string): Formula => ({ kind: 'fact', fact: name, at: place() });
  const constant = (value: number): Formula => ({ kind: 'constant', value, at: place() });
  return Object.fromEntries([
    fact('size', 'number'),
    fact('price', 'number'),
    fact('warm', 'yes_no'),
    fact('segment', 'choice', { choices: { new: text('new'), old: text('old') } }),
    fact('signing', 'date'),
    fact('rebate', 'percent', {
      from: {
        kind: 'ratio',
        of: [{ kind: 'minus', of: [of('price'), of('size')], at: place() }, of('price')],
        at: place(),
      },
    }),
    fact('double', 'number', { from: { kind: 'times', of: [of('size'), constant(2)], at: place() } }),
    fact('score', 'number', { from: { kind: 'score', points: [{ when: scored, points: 2 }], at: place() } }),
  ]);
}

const span = fc.constantFrom(lasting(2, 'days'), lasting(12, 'days'), lasting(36, 'hours'));

/** @param milestones those a condition may name: declared earlier, so that none leads back to itself */
function leaf(milestones: readonly string[], plain: boolean): fc.Arbitrary<Condition> {
  const small = fc.integer({ min: 0, max: 4 });
  const numbers = fc.constantFrom('size', 'price', 'double', ...(plain ? [] : ['score']));
  const order = fc.constantFrom('at_least', 'more_than', 'at_most', 'less_than', 'is', 'is_not');
  const options: fc.Arbitrary<Condition>[] = [
    fc.tuple(numbers, order, small).map(([name, operator, value]) => factIs(name, operator, value)),
    fc
      .tuple(fc.constantFrom('at_least', 'less_than'), fc.constantFrom(0, 0.5))
      .map(([op, v]) => factIs('rebate', op, v)),
    fc.boolean().map((value) => factIs('warm', 'is', value)),
    fc.constantFrom('new', 'old').map((value) => factIs('segment', 'is', value)),
    fc
      .constantFrom('size', 'warm', 'signing')
      .chain((name) => fc.boolean().map((known) => factIs(name, 'is_known', known))),
    fc.tuple(numbers, order).map(([name, operator]) => ({
      kind: 'fact',
      fact: name,
      operator,
      operand: { kind: 'fact', fact: 'price' },
      at: place(),
    })),
    fc.tuple(fc.constantFrom('within', 'ago'), span).map(([operator, duration]) => ({
      kind: 'fact',
      fact: 'signing',
      operator,
      operand: { kind: 'duration', duration },
      at: place(),
    })),
    fc.constantFrom(...EVIDENCE).map(hasEvidence),
    fc.constantFrom(...EVIDENCE).map(hasEvidence),
    fc.constantFrom(...EVIDENCE).map(hasEvidence),
    fc.constantFrom('open', 'dated', 'overdue').map(task),
    fc.tuple(fc.constantFrom('any', 'call'), span).map(([kind, within]) => activity(kind, within)),
  ];
  if (milestones.length > 0) options.push(fc.constantFrom(...milestones).map(reached));
  return fc.oneof(...options);
}

/** Up to three levels of `all`, `any` and `not`. */
export function randomCondition(milestones: readonly string[] = [], plain = false): fc.Arbitrary<Condition> {
  const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { arbitrary: leaf(milestones, plain), weight: 4 },
      {
        arbitrary: fc
          .tuple(fc.constantFrom('all', 'any'), fc.array(tie('tree'), { minLength: 1, maxLength: 3 }))
          .map(([kind, of]): Condition => ({ kind, of, at: place() })),
        weight: 2,
      },
      { arbitrary: tie('tree').map((of): Condition => ({ kind: 'not', of, at: place() })), weight: 1 },
    ),
  }));
  return tree;
}

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

/** Drops what is undefined, as compiled playbooks have it. */
function present<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  // Object.fromEntries forgets the type of a record whose keys it keeps.
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

const evidenceRule = (id: string): fc.Arbitrary<EvidenceRule> =>
  fc.record({ self: fc.boolean(), fresh_for: maybe(span) }).map(({ self, fresh_for }) => {
    const { accepted_by, ...rest } = evidence(id, fresh_for === undefined ? {} : { fresh_for });
    return self || accepted_by === undefined ? rest : { ...rest, accepted_by };
  });

function randomStage(index: number, id: string): fc.Arbitrary<Stage> {
  const earlier = STAGES.slice(0, index).map((name) => `m-${name}`);
  return fc
    .record({
      when: maybe(randomCondition(earlier)),
      enter_when: maybe(randomCondition(earlier)),
      leave_when: maybe(randomCondition(earlier)),
      rules: fc.tuple(...EVIDENCE.slice(index, index + 1).map(evidenceRule)),
      timebox: maybe(span),
      ladder: maybe(fc.constant('stall')),
    })
    .map(({ when, rules, ...more }) => {
      // Every stage has its milestone's name, so that later ones may refer to it.
      const reachedBy = when ?? factIs('warm', 'is_known', true);
      return stage(id, present({ ...more, evidence: rules, milestones: [milestone(`m-${id}`, reachedBy)] }));
    });
}

function randomGate(index: number): fc.Arbitrary<Gate> {
  return fc
    .record({
      when: randomCondition(),
      at_point: fc.constantFrom('advance', 'advance', 'win', 'finish', 'open'),
      mode: fc.constantFrom('enforce', 'warn', 'shadow'),
      rule: evidenceRule(`e${4 + index}`),
    })
    .map(({ when, at_point, mode, rule }) => gate(`g${index}`, when, { at_point, mode, evidence: [rule] }));
}

function randomPipeline(id: string): fc.Arbitrary<Pipeline> {
  return fc
    .integer({ min: 2, max: STAGES.length })
    .chain((count) =>
      fc.record({
        stages: fc.tuple(...STAGES.slice(0, count).map((name, index) => randomStage(index, name))),
        applies_when: fc.option(randomCondition([], true), { nil: undefined, freq: 1 }),
        won_on_leaving: maybe(fc.constantFrom(...STAGES.slice(0, count))),
        won: maybe(randomCondition()),
        scored: randomCondition([], true),
        isBare: fc.boolean(),
        second: maybe(randomCondition([], true)),
      }),
    )
    .map(({ stages, applies_when, won_on_leaving, won, scored, isBare, second }) => {
      const last = stages.length - 1;
      const walked = stages.map((one, index): Stage => {
        if (index !== last || !isBare) return one;
        const { leave_when: _left, ...rest } = one;
        return { ...rest, milestones: [] };
      });
      const doors = [{ stage: 's0', at: place() }, ...(second ? [{ stage: 's1', when: second, at: place() }] : [])];
      return pipeline(id, walked, {
        facts: facts(scored),
        open_at: won_on_leaving === 's0' ? doors.slice(0, 1) : doors,
        ...present({ applies_when, won_on_leaving, close_when: won && { won } }),
      });
    });
}

const stall = ladder('stall', {
  starts: [
    { kind: 'timebox', at: place() },
    { kind: 'no_activity', for: lasting(5, 'days'), at: place() },
  ],
  pauses_while: factIs('warm', 'is', true),
  pause_budget: lasting(6, 'days'),
  rungs: [
    { after: lasting(0, 'days'), do: [{ kind: 'remind', who: { kind: 'owner' }, at: place() }], at: place() },
    {
      after: lasting(2, 'days'),
      do: [
        { kind: 'notify', who: { kind: 'manager' }, at: place() },
        { kind: 'task', title: text('call them'), owner: { kind: 'owner' }, due: lasting(1, 'days'), at: place() },
        { kind: 'require', evidence: 'e0', at: place() },
        { kind: 'flag', flag: 'cold', at: place() },
      ],
      at: place(),
    },
    {
      after: lasting(5, 'days'),
      do: [],
      demand: {
        of: { kind: 'role', role: 'director' },
        ways: { push: ['plan', 'next_step_on'], fall_back: ['stage'], hand_over: ['to'], close_lost: ['reason'] },
        fields: [],
        at: place(),
      },
      at: place(),
    },
  ],
});

/** Two pipelines of two to four stages, `large` and `small`, with gates in every mode and a ladder. */
export const randomSet: fc.Arbitrary<PlaybookSet> = fc
  .tuple(
    randomPipeline('large'),
    randomPipeline('small'),
    fc.integer({ min: 0, max: 2 }).chain((count) => fc.tuple(...[0, 1].slice(0, count).map(randomGate))),
  )
  .map(([large, small, gates]) => setOf([large, small], gates, [stall]));

export interface RandomStep {
  readonly actor: string;
  readonly body: unknown;
  /** How long after the step before. */
  readonly waitMs: number;
}

const HOUR_MS = 3_600_000;
const wait = fc.oneof(
  { arbitrary: fc.constantFrom(0, 1), weight: 5 },
  { arbitrary: fc.constantFrom(HOUR_MS, 30 * HOUR_MS, 4 * 24 * HOUR_MS, 15 * 24 * HOUR_MS), weight: 2 },
);
const day = fc.integer({ min: 1, max: 28 }).map((on) => `2026-0${1 + (on % 4)}-${String(on).padStart(2, '0')}`);

/** Values that conditions ask about; sometimes null, to clear. */
export const randomFacts: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    size: maybe(fc.integer({ min: 0, max: 4 })),
    price: maybe(fc.integer({ min: 0, max: 4 })),
    warm: maybe(fc.boolean()),
    segment: maybe(fc.constantFrom('new', 'old')),
    signing: maybe(day),
  })
  .map((record) => present(record));

const anyEvidence = fc.constantFrom(...EVIDENCE);
const anyStage = fc.constantFrom(...STAGES);

/** Well-formed commands, mostly by people who may give them. */
const body: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: randomFacts.map((sent) => ({ command: 'set_facts', facts: sent })), weight: 4 },
  { arbitrary: anyEvidence.map((id) => ({ command: 'submit_evidence', evidence: id })), weight: 6 },
  { arbitrary: anyEvidence.map((id) => ({ command: 'withdraw_evidence', evidence: id })), weight: 1 },
  { arbitrary: fc.constant({ command: 'advance' }), weight: 7 },
  { arbitrary: anyStage.map((to) => ({ command: 'advance', to })), weight: 2 },
  { arbitrary: anyStage.map((to) => ({ command: 'fall_back', to, reason: 'r' })), weight: 1 },
  {
    arbitrary: fc.constantFrom('call', 'visit').map((kind) => ({ command: 'log_activity', activity: kind })),
    weight: 2,
  },
  { arbitrary: day.map((due_on) => ({ command: 'plan_task', title: 't', due_on })), weight: 1 },
  { arbitrary: fc.constant({ command: 'plan_task', title: 't' }), weight: 1 },
  { arbitrary: fc.constantFrom('t1', 't2').map((id) => ({ command: 'complete_task', task: id })), weight: 1 },
  { arbitrary: day.map((until) => ({ command: 'snooze', until, reason: 'r' })), weight: 1 },
  { arbitrary: fc.constantFrom('large', 'small').map((to) => ({ command: 'move_pipeline', to })), weight: 1 },
  { arbitrary: fc.constant({ command: 'close', as: 'won' }), weight: 2 },
  { arbitrary: fc.constant({ command: 'close', as: 'lost', reason: 'price' }), weight: 0.2 },
  { arbitrary: fc.constant({ command: 'reopen', reason: 'r' }), weight: 0.5 },
);

const leading: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: anyEvidence.map((id) => ({ command: 'accept_evidence', evidence: id })), weight: 8 },
  { arbitrary: anyEvidence.map((id) => ({ command: 'reject_evidence', evidence: id, reason: 'r' })), weight: 1 },
  { arbitrary: fc.constantFrom('ann', 'ben').map((to) => ({ command: 'hand_over', to })), weight: 1 },
);

const resolving: fc.Arbitrary<unknown> = fc.constantFrom(
  { command: 'resolve', way: 'push', with: { plan: 'p', next_step_on: '2026-05-20' } },
  { command: 'resolve', way: 'fall_back', with: { stage: 's0' } },
  { command: 'resolve', way: 'hand_over', with: { to: 'ben' } },
  { command: 'resolve', way: 'close_lost', with: { reason: 'price' } },
);

/** One thing that happens to a case: somebody's command, or the timer's. */
export const randomStep: fc.Arbitrary<RandomStep> = fc.oneof(
  {
    arbitrary: fc.record({ actor: fc.constantFrom('ann', 'ann', 'ann', 'ben', 'mia'), body, waitMs: wait }),
    weight: 12,
  },
  {
    arbitrary: fc.record({ actor: fc.constantFrom('mia', 'mia', 'dan', 'ann'), body: leading, waitMs: wait }),
    weight: 6,
  },
  {
    arbitrary: fc.record({ actor: fc.constant('system'), body: fc.constant({ command: 'wake' }), waitMs: wait }),
    weight: 3,
  },
  { arbitrary: fc.record({ actor: fc.constantFrom('dan', 'mia'), body: resolving, waitMs: wait }), weight: 1 },
);

/** How a case begins; the facts may keep its gates shut. */
export const randomOpening: fc.Arbitrary<unknown> = fc
  .record({
    facts: randomFacts,
    stage: fc.constantFrom(undefined, undefined, 's1'),
  })
  .map(({ facts: sent, stage: at }) =>
    present({ command: 'open', title: 'a case', pipeline: 'large', stage: at, facts: sent }),
  );

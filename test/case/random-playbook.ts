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

/** Spread over the stages, however many there are. */
const EVIDENCE = ['e0', 'e1', 'e2', 'e3'] as const;
const GATE_EVIDENCE = ['g0-paper', 'g1-paper'] as const;
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

/** @param often one in so many is left out */
function maybe<T>(arbitrary: fc.Arbitrary<T>, often = 2): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: often });
}

/** There, but seldom. */
function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary, weight: 1 });
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

/** Rests on evidence for sure, and mostly on something else. */
function provenBy(milestones: readonly string[]): fc.Arbitrary<Condition> {
  const base = fc.constantFrom(...EVIDENCE).map(hasEvidence);
  return fc
    .tuple(base, maybe(randomCondition(milestones)), fc.constantFrom('all', 'any'))
    .map(
      ([proof, other, kind]): Condition => (other === undefined ? proof : { kind, of: [proof, other], at: place() }),
    );
}

function randomStage(index: number, id: string, count: number): fc.Arbitrary<Stage> {
  const earlier = STAGES.slice(0, index).map((name) => `m-${name}`);
  const own = EVIDENCE.filter((_id, place) => place % count === index);
  return fc
    .record({
      when: fc.oneof(provenBy(earlier), provenBy(earlier), provenBy(earlier), randomCondition(earlier)),
      enter_when: rarely(randomCondition(earlier)),
      leave_when: rarely(randomCondition(earlier)),
      rules: fc.tuple(...own.map(evidenceRule)),
      timebox: maybe(span),
      ladder: maybe(fc.constant('stall')),
    })
    .map(({ when, rules, ...more }) =>
      stage(id, present({ ...more, evidence: rules, milestones: [milestone(`m-${id}`, when)] })),
    );
}

function randomGate(index: number): fc.Arbitrary<Gate> {
  return fc
    .record({
      when: fc.oneof(randomCondition(), fc.constant(hasEvidence(GATE_EVIDENCE[index] ?? 'e0'))),
      at_point: fc.constantFrom('advance', 'advance', 'advance', 'win', 'win', 'finish', 'open'),
      mode: fc.constantFrom('enforce', 'warn', 'shadow'),
      rule: evidenceRule(GATE_EVIDENCE[index] ?? 'e0'),
    })
    .map(({ when, at_point, mode, rule }) => gate(`g${index}`, when, { at_point, mode, evidence: [rule] }));
}

function randomPipeline(id: string): fc.Arbitrary<Pipeline> {
  return fc
    .integer({ min: 2, max: STAGES.length })
    .chain((count) =>
      fc.record({
        stages: fc.tuple(...STAGES.slice(0, count).map((name, index) => randomStage(index, name, count))),
        applies_when: rarely(randomCondition([], true)),
        won_on_leaving: maybe(fc.constantFrom(...STAGES.slice(0, count))),
        won: rarely(randomCondition()),
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

const anyEvidence = fc.constantFrom(...EVIDENCE, ...EVIDENCE, ...GATE_EVIDENCE);
const anyStage = fc.constantFrom(...STAGES);

/** Stands for whoever owns the case at that moment. */
export const OWNER = '@owner';

const commandOf = (weight: number, arbitrary: fc.Arbitrary<unknown>) => ({ arbitrary, weight });

/** Well-formed commands of somebody who sells. */
const selling: fc.Arbitrary<unknown> = fc.oneof(
  commandOf(
    12,
    randomFacts.map((sent) => ({ command: 'set_facts', facts: sent })),
  ),
  commandOf(
    8,
    anyEvidence.map((id) => ({ command: 'submit_evidence', evidence: id })),
  ),
  commandOf(
    5,
    anyEvidence.map((id) => ({ command: 'withdraw_evidence', evidence: id })),
  ),
  commandOf(20, fc.constant({ command: 'advance' })),
  commandOf(
    4,
    anyStage.map((to) => ({ command: 'advance', to })),
  ),
  commandOf(
    1,
    anyStage.map((to) => ({ command: 'fall_back', to, reason: 'r' })),
  ),
  commandOf(
    4,
    fc.constantFrom('call', 'visit').map((kind) => ({ command: 'log_activity', activity: kind })),
  ),
  commandOf(
    3,
    day.map((due_on) => ({ command: 'plan_task', title: 't', due_on })),
  ),
  commandOf(1, fc.constant({ command: 'plan_task', title: 't' })),
  commandOf(
    2,
    fc.constantFrom('t1', 't2').map((id) => ({ command: 'complete_task', task: id })),
  ),
  commandOf(
    2,
    day.map((until) => ({ command: 'snooze', until, reason: 'r' })),
  ),
  commandOf(
    2,
    fc.constantFrom('large', 'small').map((to) => ({ command: 'move_pipeline', to })),
  ),
  commandOf(3, fc.constant({ command: 'close', as: 'won' })),
  commandOf(1, fc.constant({ command: 'close', as: 'lost', reason: 'price' })),
  commandOf(2, fc.constant({ command: 'reopen', reason: 'r' })),
);

const leading: fc.Arbitrary<unknown> = fc.oneof(
  commandOf(
    8,
    anyEvidence.map((id) => ({ command: 'accept_evidence', evidence: id })),
  ),
  commandOf(
    3,
    anyEvidence.map((id) => ({ command: 'reject_evidence', evidence: id, reason: 'r' })),
  ),
  commandOf(
    1,
    fc.constantFrom('ann', 'ben').map((to) => ({ command: 'hand_over', to })),
  ),
);

const resolving: fc.Arbitrary<unknown> = fc.constantFrom(
  { command: 'resolve', way: 'push', with: { plan: 'p', next_step_on: '2026-05-20' } },
  { command: 'resolve', way: 'fall_back', with: { stage: 's0' } },
  { command: 'resolve', way: 'hand_over', with: { to: 'ben' } },
  { command: 'resolve', way: 'close_lost', with: { reason: 'price' } },
);

function stepOf(actors: readonly string[], body: fc.Arbitrary<unknown>): fc.Arbitrary<readonly RandomStep[]> {
  return fc.record({ actor: fc.constantFrom(...actors), body, waitMs: wait }).map((step) => [step]);
}

/** Evidence as it mostly comes: handed in by who owns the case, accepted by who leads them. */
const proving: fc.Arbitrary<readonly RandomStep[]> = fc.tuple(anyEvidence, wait, wait).map(([id, first, second]) => [
  { actor: OWNER, body: { command: 'submit_evidence', evidence: id }, waitMs: first },
  { actor: 'mia', body: { command: 'accept_evidence', evidence: id }, waitMs: second },
]);

/** Everything somebody could do to get on, and the try. */
const climbing: fc.Arbitrary<readonly RandomStep[]> = fc.tuple(randomFacts, wait).map(([sent, waitMs]) => [
  ...EVIDENCE.flatMap((id) => [
    { actor: OWNER, body: { command: 'submit_evidence', evidence: id }, waitMs: 0 },
    { actor: 'mia', body: { command: 'accept_evidence', evidence: id }, waitMs: 0 },
  ]),
  { actor: OWNER, body: { command: 'log_activity', activity: 'call' }, waitMs },
  {
    actor: OWNER,
    body: { command: 'set_facts', facts: { size: 2, price: 3, warm: true, segment: 'new', ...sent } },
    waitMs: 0,
  },
  { actor: OWNER, body: { command: 'advance' }, waitMs: 0 },
]);

const waking = fc.constant({ command: 'wake' });

/** What happens to a case, one thing after another: people's commands and the timer's. */
export const randomSteps: fc.Arbitrary<readonly RandomStep[]> = fc
  .array(
    fc.oneof(
      { arbitrary: stepOf([OWNER, OWNER, OWNER, OWNER, 'ben', 'mia'], selling), weight: 12 },
      { arbitrary: proving, weight: 6 },
      { arbitrary: climbing, weight: 2 },
      { arbitrary: stepOf(['mia', 'mia', 'dan', OWNER], leading), weight: 4 },
      { arbitrary: stepOf(['system'], waking), weight: 2 },
      { arbitrary: stepOf(['dan', 'mia'], resolving), weight: 1 },
    ),
    { maxLength: 30, size: 'max' },
  )
  .map((steps) => steps.flat());

/** How a case begins: by a person, whose facts may keep its gates shut, or by an import at any stage. */
export const randomOpening: fc.Arbitrary<RandomStep> = fc.oneof(
  fc
    .record({ facts: randomFacts, stage: fc.constantFrom(undefined, undefined, undefined, undefined, 's1') })
    .map(({ facts: sent, stage: at }) => ({
      actor: 'ann',
      body: present({ command: 'open', title: 'a case', pipeline: 'large', stage: at, facts: sent }),
      waitMs: 0,
    })),
  fc
    .record({ facts: randomFacts, stage: fc.constantFrom('s0', 's1', 's1'), opened: day, due: maybe(day) })
    .map(({ facts: sent, stage: at, opened, due }) => ({
      actor: 'root',
      body: {
        command: 'open',
        title: 'an import',
        pipeline: 'large',
        owner: 'ann',
        stage: at,
        facts: sent,
        imported: present({ source: 'crm', opened_at: `2025-${opened.slice(5)}T09:00:00.000Z`, debt_due_on: due }),
      },
      waitMs: 0,
    })),
);

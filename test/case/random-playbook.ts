/** Random playbooks whose stages ask for every kind of thing. */

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
export const EVIDENCE = ['e0', 'e1', 'e2', 'e3'] as const;
export const GATE_EVIDENCE = ['g0-paper', 'g1-paper'] as const;
export const STAGES = ['s0', 's1', 's2', 's3'] as const;

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
export function maybe<T>(arbitrary: fc.Arbitrary<T>, often = 2): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: often });
}

/** There, but seldom. */
function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary, weight: 1 });
}

/** Drops what is undefined, as compiled playbooks have it. */
export function present<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
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

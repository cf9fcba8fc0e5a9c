/** Random conditions over a small world of facts, and random sights of that world, for property tests. */

import fc from 'fast-check';
import type { DecisionSeen, EvidenceSeen } from '../../engine/condition/seen.ts';
import type { Condition, Leaf } from '../../engine/playbook/condition.ts';
import type { Value } from '../../engine/playbook/value.ts';
import {
  activity,
  all,
  any,
  child,
  cny,
  decision,
  evidence,
  fact,
  milestone,
  not,
  type Sight,
  span,
  task,
  usd,
} from './fixtures.ts';

const moneys = [cny(0), cny(100), cny(200), usd(100)];
const numbers = [-1, 0, 0.1, 5];
const days = ['2026-09-20', '2026-10-13', '2026-10-20', '2026-10-27', '2026-12-01'];
const choices = ['new', 'existing', 'lapsed'];
const texts = ['', 'pain', 'pain and power'];

/** Two facts of each type, so that each can be compared with another; all may be missing. */
export const VALUES: Readonly<Record<string, readonly Value[]>> = {
  amount: moneys,
  budget: moneys,
  seats: numbers,
  wanted_seats: numbers,
  signed_on: days,
  due_on: days,
  segment: choices,
  former_segment: choices,
  products: [[], ['new'], ['new', 'existing'], ['existing', 'new']],
  waits: [true, false],
  pain: texts,
  hope: texts,
};

const pair: Readonly<Record<string, string>> = {
  amount: 'budget',
  seats: 'wanted_seats',
  signed_on: 'due_on',
  segment: 'former_segment',
  pain: 'hope',
};

const ordering = ['at_least', 'more_than', 'at_most', 'less_than'] as const;
const equality = ['is', 'is_not'] as const;

function compared(name: string, operators: readonly (typeof ordering | typeof equality)[number][]): fc.Arbitrary<Leaf> {
  const other = pair[name];
  const operands: fc.Arbitrary<Value | { fact: string }> = fc.constantFrom(
    ...(VALUES[name] ?? []),
    ...(other === undefined ? [] : [{ fact: other }]),
  );
  return fc.tuple(fc.constantFrom(...operators), operands).map(([operator, operand]) => fact(name, operator, operand));
}

const dated = fc
  .tuple(
    fc.constantFrom('before' as const, 'after' as const),
    fc.constantFrom<(string | { fact: string })[]>(...days, { fact: 'due_on' }),
  )
  .map(([operator, operand]) => fact('signed_on', operator, operand));

const spans = fc.constantFrom(span(0, 'days'), span(7, 'days'), span(1, 'months'), span(5, 'business_days'));

const clocked = fc
  .tuple(fc.constantFrom('within' as const, 'ago' as const), spans)
  .map(([operator, operand]) => fact('signed_on', operator, operand));

const listed = fc
  .tuple(
    fc.constantFrom('segment', 'amount'),
    fc.constantFrom('in' as const, 'not_in' as const),
    fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 3 }),
  )
  .map(([name, operator, picks]) =>
    fact(
      name,
      operator,
      picks.map((pick) => VALUES[name]?.[pick] ?? ''),
    ),
  );

const containing = fc.oneof(
  fc.constantFrom(...choices).map((choice) => fact('products', 'contains', choice)),
  fc
    .constantFrom<(string | { fact: string })[]>('pain', 'power', { fact: 'hope' })
    .map((text) => fact('pain', 'contains', text)),
);

const known = fc
  .tuple(fc.constantFrom(...Object.keys(VALUES)), fc.boolean())
  .map(([name, wanted]) => fact(name, 'is_known', wanted));

const PLACES = ['due', 'done', 'open', 'lost'];

const things = fc.oneof(
  fc.constantFrom('first-visit', 'proposal').map(evidence),
  fc.constantFrom('open' as const, 'dated' as const, 'overdue' as const).map(task),
  fc.tuple(fc.constantFrom('any', 'call'), spans).map(([kind, within]) => activity(kind, within)),
  fc
    .tuple(fc.subarray(PLACES, { minLength: 1 }), fc.constantFrom('all' as const, 'any' as const))
    .map(([places, which]) => child('part', places, which)),
);

const outcomes = ['frontal', 'front', 'exit'];
const aged = fc.option(fc.constantFrom(span(7, 'days'), span(30, 'days')), { nil: undefined });

/** `way` comes to one outcome, `signals` to any number of them. */
const decided = fc.oneof(
  fc
    .tuple(fc.constantFrom('is' as const, 'is_not' as const), fc.constantFrom(...outcomes), aged)
    .map(([operator, outcome, age]) => decision('way', operator, [outcome], age)),
  fc
    .tuple(fc.constantFrom('in' as const, 'not_in' as const), fc.subarray(outcomes, { minLength: 1 }), aged)
    .map(([operator, some, age]) => decision('way', operator, some, age)),
  aged.map((age) => decision('way', undefined, [], age)),
  fc.constantFrom(...outcomes).map((outcome) => decision('signals', 'contains', [outcome])),
);

/** Leaves of every kind and operator, milestones aside. */
export const leaves: fc.Arbitrary<Leaf> = fc.oneof(
  compared('amount', [...ordering, ...equality]),
  compared('seats', [...ordering, ...equality]),
  compared('segment', equality),
  compared('pain', equality),
  compared('waits', equality),
  dated,
  clocked,
  listed,
  containing,
  known,
  things,
  decided,
);

function treesOf(leaf: fc.Arbitrary<Condition>, maxDepth: number): Record<'tree' | 'group', fc.Arbitrary<Condition>> {
  return fc.letrec<{ tree: Condition; group: Condition; some: Condition[] }>((tie) => ({
    some: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
    group: fc.oneof(
      { weight: 2, arbitrary: tie('some').map((of) => all(...of)) },
      { weight: 2, arbitrary: tie('some').map((of) => any(...of)) },
      { weight: 1, arbitrary: tie('tree').map(not) },
    ),
    tree: fc.oneof(
      { maxDepth, depthIdentifier: 'condition' },
      { weight: 2, arbitrary: leaf },
      { weight: 5, arbitrary: tie('group') },
    ),
  }));
}

const withMilestones = treesOf(
  fc.oneof({ weight: 12, arbitrary: leaves }, { weight: 1, arbitrary: fc.constantFrom('a', 'b').map(milestone) }),
  3,
);

/** Up to three levels over all leaves and the milestones `a` and `b`. */
export const conditions: fc.Arbitrary<Condition> = withMilestones.tree;

/** The same, never a leaf alone. */
export const groups: fc.Arbitrary<Condition> = withMilestones.group;

const standings = fc.constantFrom<EvidenceSeen['standing'][]>(
  'accepted',
  'stale',
  'submitted',
  'rejected',
  'withdrawn',
  'missing',
);

const instants = fc.constantFrom('2026-09-01T02:00:00.000Z', '2026-10-13T04:00:00.000Z', '2026-10-20T03:00:00.000Z');

const wayed: fc.Arbitrary<DecisionSeen> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...outcomes), fc.option(instants, { nil: undefined }))
    .map(([outcome, at]): DecisionSeen => ({ standing: 'current', outcomes: [outcome], ...(at && { at }) })),
  fc
    .constantFrom('missing' as const, 'asked_again' as const, 'stale' as const)
    .map((standing) => ({ standing, outcomes: [] })),
);

const signalled: fc.Arbitrary<DecisionSeen> = fc.oneof(
  fc.tuple(fc.subarray(outcomes), fc.subarray(outcomes)).map(
    ([some, others]): DecisionSeen => ({
      standing: 'current',
      outcomes: some,
      maybe: others.filter((one) => !some.includes(one)),
    }),
  ),
  fc.constant<DecisionSeen>({ standing: 'open', outcomes: [] }),
);

const facts: fc.Arbitrary<Readonly<Record<string, Value>>> = fc
  .tuple(
    ...Object.entries(VALUES).map(([name, values]) =>
      fc.option(fc.constantFrom(...values)).map((value) => (value === null ? [] : [[name, value] as const])),
    ),
  )
  .map((entries) => Object.fromEntries(entries.flat()));

/** What may be seen: each fact known or missing, `a` and `b` asking anything that names no milestone. */
export const sights: fc.Arbitrary<Sight> = fc.record({
  facts,
  evidence: fc.record({ 'first-visit': standings, proposal: standings }, { requiredKeys: [] }),
  tasks: fc.subarray(['open', 'dated', 'overdue']),
  decisions: fc.record({ way: wayed, signals: signalled }, { requiredKeys: [] }),
  activities: fc.record({ any: instants, call: instants }, { requiredKeys: [] }),
  children: fc.record({
    part: fc
      .array(fc.subarray(PLACES), { maxLength: 3 })
      .map((all) => all.map((places, index) => ({ child: `c-${index}`, in: places }))),
  }),
  milestones: fc.record({ a: treesOf(leaves, 1).tree, b: treesOf(leaves, 1).tree }),
});

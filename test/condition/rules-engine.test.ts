import fc from 'fast-check';
import { Engine } from 'json-rules-engine';
import { describe, expect, test } from 'vitest';
import { evaluate, truthOf } from '../../engine/condition/evaluate.ts';
import { fromRulesEngine, type ShortCondition } from '../../engine/condition/from-rules-engine.ts';
import type { Truth } from '../../engine/condition/result.ts';
import { type RulesEngineCondition, toRulesEngine } from '../../engine/condition/rules-engine.ts';
import { addOperators, rulesEngineFacts } from '../../engine/condition/rules-engine-run.ts';
import type { Condition, Operator } from '../../engine/playbook/condition.ts';
import { parseMoney } from '../../engine/playbook/money.ts';
import type { Value } from '../../engine/playbook/value.ts';
import { parseDuration } from '../../engine/time/duration.ts';
import { conditions, sights } from './arbitrary.ts';
import {
  activity,
  all,
  any,
  at,
  cny,
  evidence,
  fact,
  milestone,
  not,
  type Sight,
  seenIn,
  span,
  task,
  usd,
} from './fixtures.ts';

async function theirs(conditions: RulesEngineCondition, facts: Record<string, unknown>): Promise<boolean> {
  const engine = new Engine([{ conditions, event: { type: 'open' } }], { allowUndefinedFacts: true });
  addOperators(engine, seenIn());
  const { events } = await engine.run(facts);
  return events.length === 1;
}

/** Theirs and ours of the same condition over the same sight. */
async function both(condition: Condition, sight: Sight): Promise<{ theirs: boolean; ours: Truth }> {
  const seen = seenIn(sight);
  const facts = rulesEngineFacts([condition], seen);
  return { theirs: await theirs(toRulesEngine(condition), facts), ours: evaluate(condition, seen).truth };
}

describe('where json-rules-engine would open a gate, ours stays unknown', () => {
  test('an empty any', async () => {
    expect(await both(any(), {})).toEqual({ theirs: true, ours: 'unknown' });
  });

  test('an empty all', async () => {
    expect(await both(all(), {})).toEqual({ theirs: true, ours: 'unknown' });
  });

  test('a misspelt fact under a not', async () => {
    const closed = not(fact('amuont', 'more_than', cny(100)));
    expect(await both(closed, { facts: { amount: cny(200) } })).toEqual({ theirs: true, ours: 'unknown' });
  });

  test('a value that is missing, compared by is_not or not_in', async () => {
    expect(await both(fact('segment', 'is_not', 'lapsed'), {})).toEqual({ theirs: true, ours: 'unknown' });
    expect(await both(fact('segment', 'not_in', ['lapsed']), {})).toEqual({ theirs: true, ours: 'unknown' });
  });

  test('an amount in another currency under a not', async () => {
    const small = not(fact('amount', 'more_than', cny(100)));
    expect(await both(small, { facts: { amount: usd(200) } })).toEqual({ theirs: true, ours: 'unknown' });
  });
});

describe('the exported form', () => {
  test('is the long form of json-rules-engine', () => {
    const condition = all(
      fact('amount', 'more_than', cny(200_000)),
      any(fact('segment', 'in', ['new', 'lapsed']), not(fact('due_on', 'before', '2026-10-20'))),
      fact('amount', 'at_most', { fact: 'budget' }),
      fact('due_on', 'within', span(30, 'days')),
      fact('pain', 'is_known', true),
      evidence('first-visit'),
      milestone('pain-found'),
      task('dated'),
      activity('any', span(10, 'business_days')),
      { kind: 'field', field: 'outcome', operator: 'is', operand: { kind: 'value', value: 'again' }, at },
    );
    expect(toRulesEngine(condition)).toEqual({
      all: [
        { fact: 'amount', path: '$.CNY', operator: 'greaterThan', value: 20_000_000 },
        {
          any: [
            { fact: 'segment', operator: 'in', value: ['new', 'lapsed'] },
            { not: { fact: 'due_on', operator: 'lessThan', value: '2026-10-20' } },
          ],
        },
        { fact: 'amount', operator: 'at_most', value: { fact: 'budget' } },
        { fact: 'due_on', operator: 'within', value: { amount: 30, unit: 'days' } },
        { fact: 'pain', operator: 'is_known', value: true },
        { fact: 'evidence:first-visit', operator: 'equal', value: 'accepted' },
        { fact: 'milestone:pain-found', operator: 'equal', value: true },
        { fact: 'task:dated', operator: 'equal', value: true },
        { fact: 'activity:any', operator: 'logged_within', value: { amount: 10, unit: 'business_days' } },
        { fact: 'field:outcome', operator: 'equal', value: 'again' },
      ],
    });
  });

  test('wraps a leaf that stands alone, as rules must begin with a group', () => {
    expect(toRulesEngine(evidence('visit'))).toEqual({
      all: [{ fact: 'evidence:visit', operator: 'equal', value: 'accepted' }],
    });
  });

  test('parts a list of amounts by currency', async () => {
    const condition = fact('amount', 'in', [cny(1), usd(2)]);
    expect(toRulesEngine(condition)).toEqual({
      any: [
        { fact: 'amount', path: '$.CNY', operator: 'equal', value: 100 },
        { fact: 'amount', path: '$.USD', operator: 'equal', value: 200 },
      ],
    });
    expect(await both(condition, { facts: { amount: usd(2) } })).toEqual({ theirs: true, ours: true });
  });

  test('carries only the facts it names and knows, answers of a form among them', () => {
    const sight: Sight = { facts: { amount: cny(1), other: 5 }, fields: { outcome: 'again' } };
    const field: Condition = {
      kind: 'field',
      field: 'outcome',
      operator: 'is',
      operand: { kind: 'fact', fact: 'amount' },
      at,
    };
    expect(
      rulesEngineFacts(
        [field, fact('gone', 'is', 1), milestone('gone'), activity('any', span(1, 'days'))],
        seenIn(sight),
      ),
    ).toEqual({ 'field:outcome': 'again', amount: { CNY: 100 } });
  });
});

/** Compiles the short form as far as these tests write it: enough to judge it. */
function compiled(short: ShortCondition): Condition {
  const {
    all: every,
    any: some,
    not: none,
    fact: name,
    field,
    evidence: proof,
    milestone: reached,
    task: which,
    activity: kind,
    ...rest
  } = short;
  const list = (of: unknown): Condition[] => (Array.isArray(of) ? of.map(compiled) : []);
  if (every !== undefined) return all(...list(every));
  if (some !== undefined) return any(...list(some));
  if (typeof none === 'object' && none !== null) return not(compiled({ ...none }));
  if (typeof proof === 'string') return evidence(proof);
  if (typeof reached === 'string') return milestone(reached);
  if (which === 'open' || which === 'dated' || which === 'overdue') return task(which);
  const duration = parseDuration(String(rest['within'] ?? rest['ago'] ?? '0 days'));
  if (!duration.ok) throw new Error(duration.message.en);
  if (typeof kind === 'string') return activity(kind, duration.duration);
  const [operator, operand] = Object.entries(rest)[0] ?? [];
  // The test below compiles only what was exported, whose operators are ours.
  const known = operator as Operator;
  return fact(
    String(name ?? field),
    known,
    known === 'within' || known === 'ago' ? duration.duration : operandOf(operand),
  );
}

function operandOf(operand: unknown): Value | readonly Value[] | { fact: string } {
  if (typeof operand === 'string') {
    const amount = parseMoney(operand);
    return amount.ok ? amount.money : operand;
  }
  // What else an operand holds is plain JSON of the right form already.
  return Array.isArray(operand) ? operand.map((item) => operandOf(item) as Value) : (operand as Value);
}

describe('reading the long form', () => {
  const read = (json: unknown) => fromRulesEngine(json);

  test('gives the short form that a playbook would have', () => {
    const json = {
      all: [
        { fact: 'amount', operator: 'greaterThan', value: 20_000_000, path: '$.CNY' },
        { fact: 'seats', operator: 'greaterThanInclusive', value: 5 },
        { fact: 'signed_on', operator: 'lessThan', value: '2026-10-20' },
        { fact: 'products', operator: 'doesNotContain', value: 'gtx' },
        {
          any: [
            { fact: 'budget', operator: 'lessThan', value: { fact: 'amount' } },
            { fact: 'segment', operator: 'notIn', value: ['a'] },
          ],
        },
        { not: { fact: 'evidence:visit', operator: 'equal', value: 'accepted' } },
        { fact: 'task:overdue', operator: 'equal', value: false },
        { fact: 'activity:any', operator: 'logged_within', value: { amount: 10, unit: 'business_days' } },
        { fact: 'field:met', operator: 'is_known', value: true },
      ],
    };
    expect(read(json)).toEqual({
      ok: true,
      condition: {
        all: [
          { fact: 'amount', more_than: '200,000.00 CNY' },
          { fact: 'seats', at_least: 5 },
          { fact: 'signed_on', before: '2026-10-20' },
          { not: { fact: 'products', contains: 'gtx' } },
          {
            any: [
              { fact: 'budget', less_than: { fact: 'amount' } },
              { fact: 'segment', not_in: ['a'] },
            ],
          },
          { not: { evidence: 'visit' } },
          { not: { task: 'overdue' } },
          { activity: 'any', within: '10 business days' },
          { field: 'met', is_known: true },
        ],
      },
    });
  });

  test('what was exported is read back with the same meaning', () => {
    fc.assert(
      fc.property(conditions, sights, (condition, sight) => {
        const json: unknown = JSON.parse(JSON.stringify(toRulesEngine(condition)));
        const back = read(json);
        if (!back.ok) throw new Error(JSON.stringify(back.problems));
        expect(truthOf(compiled(back.condition), seenIn(sight))).toBe(truthOf(condition, seenIn(sight)));
      }),
      { numRuns: 1000 },
    );
  });

  test('names every key that would do nothing and every value that does not fit', () => {
    const result = read({
      all: [
        { fact: 'amount', operator: 'greaterThan', value: 1, params: { a: 1 }, priority: 2 },
        { fact: 'amount', operator: 'startsWith', value: 'x' },
        { fact: 'amount', operator: 'equal', value: 1.5, path: '$.CNY' },
        { fact: 'amount', operator: 'equal', value: 1, path: '$.deep.CNY' },
        { fact: 'amount', operator: 'equal', value: { fact: 'budget', path: '$.x' } },
        { fact: 'evidence:visit', operator: 'equal', value: 'submitted' },
        { fact: 'activity:any', operator: 'equal', value: 'x' },
        { condition: 'shared' },
        'amount > 1',
      ],
      name: 'rule',
    });
    if (result.ok) throw new Error('read what cannot be read');
    expect(result.problems.map(({ path }) => path.join('/'))).toEqual([
      'name',
      'all/0/params',
      'all/0/priority',
      'all/1/operator',
      'all/2/value',
      'all/3/path',
      'all/4/value',
      'all/5/value',
      'all/6/operator',
      'all/7/condition',
      'all/7/fact',
      'all/8',
    ]);
  });

  test('takes any JSON without an exception, however deep', () => {
    let deep: unknown = { fact: 'a', operator: 'equal', value: 1 };
    for (let level = 0; level < 5000; level += 1) deep = { not: deep };
    expect(read(deep).ok).toBe(false);
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        read(json);
        read({ all: json });
        read({ fact: 'a', operator: 'equal', value: json });
        read({ fact: 'evidence:a', operator: json, value: json });
      }),
    );
  });
});

import { Engine } from 'json-rules-engine';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../engine/condition/evaluate.ts';
import type { Truth } from '../../engine/condition/result.ts';
import { type RulesEngineCondition, toRulesEngine } from '../../engine/condition/rules-engine.ts';
import { addOperators, rulesEngineFacts } from '../../engine/condition/rules-engine-run.ts';
import type { Condition } from '../../engine/playbook/condition.ts';
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

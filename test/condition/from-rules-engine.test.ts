import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { truthOf } from '../../engine/condition/evaluate.ts';
import { fromRulesEngine, type ShortCondition } from '../../engine/condition/from-rules-engine.ts';
import { toRulesEngine } from '../../engine/condition/rules-engine.ts';
import type { Condition, DecisionOperator, Operator } from '../../engine/playbook/condition.ts';
import { parseMoney } from '../../engine/playbook/money.ts';
import type { Value } from '../../engine/playbook/value.ts';
import { parseDuration } from '../../engine/time/duration.ts';
import { conditions, sights } from './arbitrary.ts';
import { activity, all, any, child, decision, evidence, fact, milestone, not, seenIn, task } from './fixtures.ts';

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
    decision: made,
    child: started,
    ...rest
  } = short;
  const list = (of: unknown): Condition[] => (Array.isArray(of) ? of.map(compiled) : []);
  if (every !== undefined) return all(...list(every));
  if (some !== undefined) return any(...list(some));
  if (typeof none === 'object' && none !== null) return not(compiled({ ...none }));
  if (typeof proof === 'string') return evidence(proof);
  if (typeof reached === 'string') return milestone(reached);
  if (which === 'open' || which === 'dated' || which === 'overdue') return task(which);
  const duration = parseDuration(String(rest['within'] ?? rest['ago'] ?? rest['fresh_for'] ?? '0 days'));
  // As it was exported: a list of places, and one of two words.
  if (typeof started === 'string') return child(started, rest['in'] as string[], rest['which'] as 'all' | 'any');
  if (!duration.ok) throw new Error(duration.message.en);
  if (typeof made === 'string') {
    const { fresh_for: age, ...compared } = rest;
    const [operator, wanted] = Object.entries(compared)[0] ?? [];
    const outcomes = [wanted ?? []].flat().map(String);
    return decision(
      made,
      operator as DecisionOperator | undefined,
      outcomes,
      age === undefined ? undefined : duration.duration,
    );
  }
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

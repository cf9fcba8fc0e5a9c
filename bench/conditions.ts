/** How many conditions a second are judged with full explanation, beside json-rules-engine on the same ones. */

import { Engine } from 'json-rules-engine';
import { evaluate } from '../engine/condition/evaluate.ts';
import { toRulesEngine } from '../engine/condition/rules-engine.ts';
import { addOperators, rulesEngineFacts } from '../engine/condition/rules-engine-run.ts';
import type { Seen } from '../engine/condition/seen.ts';
import type { Condition, Operator } from '../engine/playbook/condition.ts';
import type { Value } from '../engine/playbook/value.ts';
import { compileCalendar } from '../engine/time/calendar.ts';
import type { Bench } from './bench.ts';
import { median, ratios, spread } from './statistics.ts';
import { takeTurns } from './turns.ts';

const CASES = 50;
const NOW = '2026-10-20T04:00:00.000Z';
const at = { file: 'bench.yaml', line: 1, col: 1 };

const calendar = compileCalendar({
  calendar: 'bench',
  zone: 'Asia/Shanghai',
  hours: [[[540, 1080]], [[540, 1080]], [[540, 1080]], [[540, 1080]], [[540, 1080]], [], []],
  holidays: [],
  make_up_days: [],
  valid_through: '2030-12-31',
  at,
});

function fact(name: string, operator: Operator, value: Value | readonly Value[]): Condition {
  return { kind: 'fact', fact: name, operator, operand: { kind: 'value', value }, at };
}

function cny(yuan: number): Value {
  return { minor: yuan * 100, currency: 'CNY' };
}

/** Eight leaves each, of the kinds that gates of a playbook have. */
const CONDITIONS: readonly Condition[] = [
  {
    kind: 'all',
    of: [
      fact('amount', 'more_than', cny(200_000)),
      fact('segment', 'in', ['new', 'existing']),
      { kind: 'any', of: [fact('budget', 'at_least', cny(150_000)), fact('budget_confirmed', 'is', true)], at },
      { kind: 'not', of: fact('competitor', 'is', 'incumbent'), at },
      fact('decides_on', 'after', '2026-10-20'),
      { kind: 'any', of: [fact('discount', 'at_most', 0.1), fact('approver', 'is_not', 'none')], at },
    ],
    at,
  },
  {
    kind: 'any',
    of: [
      { kind: 'all', of: [fact('amount', 'at_most', cny(200_000)), fact('segment', 'is', 'existing')], at },
      {
        kind: 'all',
        of: [
          {
            kind: 'not',
            of: { kind: 'any', of: [fact('discount', 'more_than', 0.2), fact('competitor', 'is', 'price')], at },
            at,
          },
          fact('decides_on', 'before', '2027-01-01'),
          fact('budget_confirmed', 'is', true),
          fact('amount', 'less_than', cny(5_000_000)),
          fact('approver', 'not_in', ['none', 'unknown']),
        ],
        at,
      },
    ],
    at,
  },
];

/** Cases that differ, so that no answer is always the same; every seventh lacks an amount. */
function seenOf(index: number): Seen {
  const facts: Record<string, Value> = {
    ...(index % 7 !== 0 && { amount: cny(50_000 + index * 10_000) }),
    budget: cny(index * 8_000),
    segment: index % 3 === 0 ? 'new' : 'existing',
    budget_confirmed: index % 2 === 0,
    competitor: index % 5 === 0 ? 'incumbent' : 'price',
    decides_on: index % 4 === 0 ? '2026-10-01' : '2026-11-15',
    discount: (index % 10) / 40,
    approver: index % 6 === 0 ? 'none' : 'director',
  };
  return {
    now: NOW,
    calendar,
    fact: (name) => facts[name],
    evidence: () => ({ standing: 'missing' }),
    approval: () => ({ standing: 'missing' }),
    milestone: () => undefined,
    task: () => false,
    activity: () => undefined,
    children: () => [],
  };
}

/** @returns a way of judging all cases once, with how many judgements that is */
function oursOver(sights: readonly Seen[]): () => number {
  let leaves = 0;
  return () => {
    for (const seen of sights) for (const condition of CONDITIONS) leaves += evaluate(condition, seen).leaves.length;
    // The explanations are looked at, so that no compiler may leave them out.
    if (leaves === 0) throw new Error('nothing was explained');
    return sights.length * CONDITIONS.length;
  };
}

function rulesEngineOver(sights: readonly Seen[]): () => Promise<number> {
  const engines = CONDITIONS.map((condition) => {
    const engine = new Engine([{ conditions: toRulesEngine(condition), event: { type: 'holds' } }], {
      allowUndefinedFacts: true,
      // Faster than the JSONPath it would use by itself, as one would set it for these paths.
      pathResolver: (value, path) => Reflect.get(value, path.slice(2)),
    });
    addOperators(engine, { now: NOW, calendar });
    // Facts are handed over ready, so that only the run is measured.
    return { engine, facts: sights.map((seen) => rulesEngineFacts([condition], seen)) };
  });
  return async () => {
    for (const { engine, facts } of engines) for (const known of facts) await engine.run(known);
    return sights.length * CONDITIONS.length;
  };
}

export const conditions: Bench = {
  name: 'conditions',
  about: 'conditions with full explanation, against json-rules-engine',
  minutes: 2,
  run: async ({ quick }) => {
    const sights = Array.from({ length: CASES }, (_, index) => seenOf(index));
    const rates = await takeTurns(
      { ours: oursOver(sights), theirs: rulesEngineOver(sights) },
      { turns: quick ? 3 : 20, turnMs: 150 },
    );
    const each = `${Math.round(median(rates.ours))} against ${Math.round(median(rates.theirs))} a second`;
    return [
      { figure: 'conditions.ratio', ...spread(ratios(rates.ours, rates.theirs)), beside: each },
      { figure: 'conditions.rate', ...spread(rates.ours) },
    ];
  },
};

/** How many conditions a second are judged with full explanation, beside json-rules-engine on the same ones. */

import { Engine } from 'json-rules-engine';
import { evaluate } from '../engine/condition/evaluate.ts';
import { toRulesEngine } from '../engine/condition/rules-engine.ts';
import { addOperators, rulesEngineFacts } from '../engine/condition/rules-engine-run.ts';
import type { Seen } from '../engine/condition/seen.ts';
import type { Condition, Operator } from '../engine/playbook/condition.ts';
import type { Value } from '../engine/playbook/value.ts';
import { compileCalendar } from '../engine/time/calendar.ts';

export interface BenchFigures {
  readonly name: string;
  readonly ours_per_s: number;
  readonly baseline_per_s: number;
  readonly ratio: number;
  readonly aim: number;
}

const TURNS = 10;
const TURN_MS = 150;
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
    milestone: () => undefined,
    task: () => false,
    activity: () => undefined,
  };
}

/** A way of judging all cases once, and what it has cost so far. */
interface Contender {
  readonly round: () => Promise<void> | void;
  rounds: number;
  spentMs: number;
}

async function runFor(contender: Contender, forMs: number): Promise<void> {
  const start = performance.now();
  let elapsed = 0;
  do {
    await contender.round();
    contender.rounds += 1;
    elapsed = performance.now() - start;
  } while (elapsed < forMs);
  contender.spentMs += elapsed;
}

/** Lets the two take turns, so that whatever else the machine does weighs on both alike. */
async function measure(contenders: readonly Contender[]): Promise<void> {
  for (let turn = 0; turn <= TURNS; turn += 1) {
    for (const contender of contenders) await runFor(contender, TURN_MS);
    // The first turn warms up.
    if (turn === 0) for (const contender of contenders) Object.assign(contender, { rounds: 0, spentMs: 0 });
  }
}

function oursOver(sights: readonly Seen[]): Contender {
  let leaves = 0;
  const round = () => {
    for (const seen of sights) for (const condition of CONDITIONS) leaves += evaluate(condition, seen).leaves.length;
    // The explanations are looked at, so that no compiler may leave them out.
    if (leaves === 0) throw new Error('nothing was explained');
  };
  return { round, rounds: 0, spentMs: 0 };
}

function rulesEngineOver(sights: readonly Seen[]): Contender {
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
  const round = async () => {
    for (const { engine, facts } of engines) for (const known of facts) await engine.run(known);
  };
  return { round, rounds: 0, spentMs: 0 };
}

/** Judgements a second in one process: ours with every leaf explained, the baseline by one `engine.run` each. */
export async function benchConditions(): Promise<BenchFigures> {
  const sights = Array.from({ length: CASES }, (_, index) => seenOf(index));
  const ours = oursOver(sights);
  const baseline = rulesEngineOver(sights);
  await measure([ours, baseline]);
  const perSecond = ({ rounds, spentMs }: Contender) => (rounds * CONDITIONS.length * CASES * 1000) / spentMs;
  return {
    name: 'conditions judged with full explanation, against json-rules-engine',
    ours_per_s: Math.round(perSecond(ours)),
    baseline_per_s: Math.round(perSecond(baseline)),
    ratio: Math.round((perSecond(ours) / perSecond(baseline)) * 10) / 10,
    aim: 50,
  };
}

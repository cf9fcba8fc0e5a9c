/** What a diagnosis is judged by: json-rules-engine says true exactly where our conditions do, the unknown included. */

import fc from 'fast-check';
import { Engine } from 'json-rules-engine';
import { expect, test } from 'vitest';
import { toCertainRules } from '../../engine/condition/certain-rules.ts';
import { truthOf } from '../../engine/condition/evaluate.ts';
import { addOperators, rulesEngineFacts } from '../../engine/condition/rules-engine-run.ts';
import { groups, sights } from './arbitrary.ts';
import { seenIn } from './fixtures.ts';

const TREES = 20_000;
const BATCH = 250;

test('is certain where, and only where, our conditions are true', async () => {
  const seed = Number(process.env['PLAYRAIL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`seed: PLAYRAIL_SEED=${seed}`);
  const disagreements: unknown[] = [];
  const counts = { true: 0, false: 0, unknown: 0 };
  for (const [round, sight] of fc.sample(sights, { seed, numRuns: TREES / BATCH }).entries()) {
    const seen = seenIn(sight);
    const batch = fc.sample(groups, { seed: seed + round, numRuns: BATCH });
    const engine = new Engine([], {
      allowUndefinedFacts: true,
      pathResolver: (value, path) => Reflect.get(value, path.slice(2)),
    });
    addOperators(engine, seen);
    for (const [index, condition] of batch.entries()) {
      engine.addRule({ conditions: toCertainRules(condition), event: { type: String(index) } });
    }
    const { events } = await engine.run(rulesEngineFacts(batch, seen));
    const found = new Set(events.map(({ type }) => Number(type)));
    for (const [index, condition] of batch.entries()) {
      const ours = truthOf(condition, seen);
      counts[`${ours}`] += 1;
      if ((ours === true) !== found.has(index)) disagreements.push({ condition, sight, ours });
    }
  }
  expect(disagreements.slice(0, 3), `PLAYRAIL_SEED=${seed}, ${JSON.stringify(counts)}`).toEqual([]);
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(TREES / 20);
}, 180_000);

/** Our compiled conditions against json-rules-engine, the oracle, over 100,000 random trees. */

import fc from 'fast-check';
import { Engine } from 'json-rules-engine';
import { expect, test } from 'vitest';
import { evaluate, truthOf } from '../../engine/condition/evaluate.ts';
import { toRulesEngine } from '../../engine/condition/rules-engine.ts';
import { addOperators, rulesEngineFacts } from '../../engine/condition/rules-engine-run.ts';
import type { Seen } from '../../engine/condition/seen.ts';
import type { Condition } from '../../engine/playbook/condition.ts';
import { groups, sights } from './arbitrary.ts';
import { seenIn } from './fixtures.ts';

const TREES = 100_000;
/** Trees judged together, by one engine over the same sight. */
const BATCH = 250;

/** Exported paths name one member, `$.CNY`; the JSONPath that an engine uses by itself reads the same, many times slower. */
function memberOf(value: object, path: string): unknown {
  if (!/^\$\.[A-Z]{3}$/u.test(path)) throw new Error(`not the path of a currency: ${path}`);
  return Reflect.get(value, path.slice(2));
}

/** Answers by index; an engine's run is slow to start and its rules share the facts. */
async function judgedByRulesEngine(batch: readonly Condition[], seen: Seen): Promise<ReadonlyMap<number, boolean>> {
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver: memberOf });
  addOperators(engine, seen);
  for (const [index, condition] of batch.entries()) {
    engine.addRule({ conditions: toRulesEngine(condition), event: { type: String(index) } });
  }
  const { results, failureResults } = await engine.run(rulesEngineFacts(batch, seen));
  return new Map([...results, ...failureResults].map(({ event, result }) => [Number(event?.type), result === true]));
}

test('agrees with json-rules-engine wherever both are defined', async () => {
  const seed = Number(process.env['PLAYRAIL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`differential seed: PLAYRAIL_SEED=${seed}`);
  const views = fc.sample(sights, { seed, numRuns: TREES / BATCH });
  const disagreements: unknown[] = [];
  const counts = { true: 0, false: 0, unknown: 0 };
  for (const [round, sight] of views.entries()) {
    const seen = seenIn(sight);
    // Drawn as they are needed: a hundred thousand trees kept alive cost more time than judging them.
    const batch = fc.sample(groups, { seed: seed + round, numRuns: BATCH });
    const theirs = await judgedByRulesEngine(batch, seen);
    for (const [index, condition] of batch.entries()) {
      const ours = truthOf(condition, seen);
      counts[`${ours}`] += 1;
      if (ours === evaluate(condition, seen).truth && (ours === 'unknown' || ours === theirs.get(index))) continue;
      disagreements.push({ condition, sight, ours, theirs: theirs.get(index) });
    }
  }
  expect(disagreements.slice(0, 3), `PLAYRAIL_SEED=${seed}, ${JSON.stringify(counts)}`).toEqual([]);
  // Both answers and their absence are met often, else the comparison would say little.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(TREES / 20);
}, 180_000);

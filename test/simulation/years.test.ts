/** Simulated years of the real deciders: every promise of the design is kept, whatever the playbook and the weather. */

import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

/** Two hundred installations of their own; a longer search: `PLAYRAIL_YEARS=2000`. */
const YEARS = Number(process.env['PLAYRAIL_YEARS'] ?? 200);
const CASES = 50;

test('every promise is kept in simulated years', async () => {
  const { code, out } = await simulate('--seeds', String(YEARS), '--cases', String(CASES), '--json');
  const { ok, broken, commands, case_years } = JSON.parse(out);
  // A failing year prints its seed, its last steps and the command that lives it again.
  expect(broken).toEqual([]);
  expect({ ok, code }).toEqual({ ok: true, code: 0 });
  expect(case_years).toBe(CASES * YEARS);
  // About one a week of what people do, and what follows from it.
  expect(commands / case_years).toBeGreaterThan(50);
}, 3_600_000);

test('the same seed is the same year', async () => {
  const once = simulate('--seed', '7', '--cases', '5', '--days', '90', '--json');
  const again = simulate('--seed', '7', '--cases', '5', '--days', '90', '--json');
  const [first, second] = [JSON.parse((await once).out), JSON.parse((await again).out)];
  expect(first).toEqual(second);
  const other = JSON.parse((await simulate('--seed', '8', '--cases', '5', '--days', '90', '--json')).out);
  expect(other.hash).not.toBe(first.hash);
}, 120_000);

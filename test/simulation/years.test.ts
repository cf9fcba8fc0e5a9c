/** Simulated years of the real deciders: every promise of the design is kept, whatever the playbook and the weather. */

import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

/** A longer search: `PLAYRAIL_YEARS=200`, of whole years. */
const asked = process.env['PLAYRAIL_YEARS'];
const size = asked === undefined ? ['--seeds', '16', '--cases', '25', '--days', '180'] : ['--seeds', asked];

test('every promise is kept in simulated years', async () => {
  const { code, out } = await simulate(...size, '--json');
  const { ok, broken, commands } = JSON.parse(out);
  // A failing year prints its seed, its last steps and the command that lives it again.
  expect(broken).toEqual([]);
  expect({ ok, code }).toEqual({ ok: true, code: 0 });
  expect(commands).toBeGreaterThan(10_000);
}, 3_600_000);

test('the same seed is the same year', async () => {
  const once = simulate('--seed', '7', '--cases', '5', '--days', '90', '--json');
  const again = simulate('--seed', '7', '--cases', '5', '--days', '90', '--json');
  const [first, second] = [JSON.parse((await once).out), JSON.parse((await again).out)];
  expect(first).toEqual(second);
  const other = JSON.parse((await simulate('--seed', '8', '--cases', '5', '--days', '90', '--json')).out);
  expect(other.hash).not.toBe(first.hash);
}, 120_000);

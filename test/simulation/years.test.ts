/** Simulated years of the real deciders: every promise of the design is kept, whatever the playbook and the weather. */

import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

test('every promise is kept in eight simulated years', async () => {
  const { code, out } = await simulate('--seeds', '8', '--cases', '20', '--days', '120', '--json');
  const { ok, broken, commands } = JSON.parse(out);
  // A failing year prints its seed, its last steps and the command that lives it again.
  expect(broken).toEqual([]);
  expect({ ok, code }).toEqual({ ok: true, code: 0 });
  expect(commands).toBeGreaterThan(4_000);
}, 600_000);

test('the same seed is the same year', async () => {
  const once = simulate('--seed', '7', '--cases', '5', '--days', '90', '--json');
  const again = simulate('--seed', '7', '--cases', '5', '--days', '90', '--json');
  const [first, second] = [JSON.parse((await once).out), JSON.parse((await again).out)];
  expect(first).toEqual(second);
  const other = JSON.parse((await simulate('--seed', '8', '--cases', '5', '--days', '90', '--json')).out);
  expect(other.hash).not.toBe(first.hash);
}, 120_000);

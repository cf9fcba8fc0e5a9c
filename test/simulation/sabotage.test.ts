/** Promises that cannot be broken are none: each way of breaking the machine is found, by a promise that it breaks. */

import { expect, test } from 'vitest';
import { REAL } from '../../simulation/memory/machine.ts';
import { runSeed } from '../../simulation/run-seed.ts';
import { SABOTAGES } from '../../simulation/sabotage/sabotages.ts';

const CASES = 20;
const DAYS = 365;
/** Many more than any needs: most are found in the first year, by the few cases of these. */
const YEARS = 25;

test.each(SABOTAGES)(
  'a machine that $name is found out',
  ({ machine, breaks }) => {
    for (let seed = 1; seed <= YEARS; seed++) {
      const result = runSeed({ seed, cases: CASES, days: DAYS }, machine());
      if (result.ok) continue;
      expect(breaks).toContain(result.failure.promise);
      // And it is the sabotage that was found: the real machine keeps its promises in the same year.
      expect(runSeed(result.parameters, REAL)).toMatchObject({ ok: true });
      return;
    }
    throw new Error(`not found in ${YEARS} years`);
  },
  300_000,
);

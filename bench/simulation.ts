/** How many case-years a second the simulation lives, every promise held, in one process. */

import { USUAL } from '../simulation/parameters.ts';
import { runSeed } from '../simulation/run-seed.ts';
import type { Bench } from './bench.ts';
import { spread } from './statistics.ts';

/** The first year warms up, and lays out the calendars of the second opinion. */
const FIRST_SEED = 1;
const YEARS = 10;

export const simulation: Bench = {
  name: 'simulation',
  about: `simulate: ${YEARS} years of ${USUAL.cases} cases`,
  minutes: 5,
  run: async ({ quick, say }) => {
    const size = quick ? { cases: 5, days: 90 } : USUAL;
    const rates = Array.from({ length: quick ? 3 : YEARS }, (_, index) => rateOf(FIRST_SEED + index, size)).slice(1);
    say(`${rates.length} years lived`);
    return [
      { figure: 'simulation.rate', ...spread(rates), beside: 'one process; `npm run simulate` takes one a core' },
    ];
  },
};

/** Case-years a second. @throws Error when a promise is broken: a wrong run is no figure */
function rateOf(seed: number, { cases, days }: Readonly<Record<'cases' | 'days', number>>): number {
  const started = performance.now();
  const result = runSeed({ seed, cases, days });
  if (!result.ok) throw new Error(`seed ${seed}: ${result.failure.promise}: ${result.failure.complaint}`);
  return (cases * days) / 365 / ((performance.now() - started) / 1000);
}

/** Looks for a smaller year in which the same promise is broken: easier to read, quicker to live again. */

import { BEGINS_MS, DAY_MS, type Parameters } from './parameters.ts';
import { type Failure, runSeed } from './run-seed.ts';

export interface Shrunk {
  readonly parameters: Parameters;
  readonly failure: Failure;
}

const FEWER = [1, 2, 3, 5, 8, 12, 20, 30] as const;

/**
 * The fewest cases of the same seed, or of one of the next few, in which the promise is broken; at worst the failure
 * itself, on a year cut off after it.
 *
 * @param tries so many neighbouring seeds are tried for each number of cases
 */
export function shrink(parameters: Parameters, failure: Failure, tries = 3): Shrunk {
  for (const cases of FEWER.filter((count) => count < parameters.cases)) {
    for (let seed = parameters.seed; seed < parameters.seed + tries; seed++) {
      const smaller = { ...parameters, seed, cases };
      const result = runSeed(smaller);
      if (!result.ok && result.failure.promise === failure.promise) return cut(smaller, result.failure);
    }
  }
  return cut(parameters, failure);
}

/** What comes after the failure is not needed, where the failure is the same without it. */
function cut(parameters: Parameters, failure: Failure): Shrunk {
  const days = Math.ceil((Date.parse(failure.at) - BEGINS_MS) / DAY_MS);
  if (days >= parameters.days) return { parameters, failure };
  const shorter = { ...parameters, days: Math.max(1, days) };
  const result = runSeed(shorter);
  const isSame = !result.ok && result.failure.promise === failure.promise;
  return isSame ? { parameters: shorter, failure: result.failure } : { parameters, failure };
}

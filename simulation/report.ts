/** What is printed of a year in which a promise was broken. */

import type { Parameters } from './parameters.ts';
import type { Failure } from './run-seed.ts';

/** The command that lives the same year again. */
export function replayCommand({ seed, cases, days }: Parameters): string {
  return `npm run simulate -- --seed ${seed} --cases ${cases} --days ${days}`;
}

export function failureText(parameters: Parameters, failure: Failure): string {
  const { promise, sentence, complaint, entity, at, lately } = failure;
  return [
    `seed ${parameters.seed}: ${promise} is broken`,
    `  the design says: ${sentence}`,
    `  but: ${complaint}`,
    `  where: ${entity ?? 'at the end of the year'}, ${at}`,
    ...(lately.length > 0 ? ['  lately:', ...lately.map((line) => `    ${line}`)] : []),
    `  again: ${replayCommand(parameters)}`,
  ].join('\n');
}

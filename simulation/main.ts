/** `npm run simulate`: lives simulated years and says which promise of the design was broken, if one was. */

import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { USUAL } from './parameters.ts';
import { PROMISES } from './promises/promises.ts';
import { failureText, replayCommand } from './report.ts';
import { runSeed, type SeedResult } from './run-seed.ts';
import { runSeeds } from './run-seeds.ts';
import { shrink } from './shrink.ts';

const HELP = `usage: npm run simulate -- [options]

Drives the real deciders through simulated years: random playbooks and people, commands of every kind, faults around
every step, timer and message. Every step is held to the promises of the design; one that is broken is printed with the
seed, the last steps, and the command that lives the same year again.

  --seeds N     how many years (200)
  --from N      the first seed (1)
  --seed N      one year, told in full: a failure is then also looked for in a smaller one
  --cases N     cases a year (${USUAL.cases})
  --days N      days a year (${USUAL.days})
  --jobs N      processes (as many as there are cores)
  --promises    prints what is held, sentence by sentence, and ends
  --json        one JSON document on stdout instead of text
  --help

Exit code: 0 all promises were kept, 1 one was broken, 2 the options make no sense.

Example:
  npm run simulate -- --seeds 5000 --from 1001
`;

const OPTIONS = {
  seeds: { type: 'string', default: '200' },
  from: { type: 'string', default: '1' },
  seed: { type: 'string' },
  cases: { type: 'string', default: String(USUAL.cases) },
  days: { type: 'string', default: String(USUAL.days) },
  jobs: { type: 'string', default: String(cpus().length) },
  promises: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

interface Asked {
  readonly seeds: number;
  readonly from: number;
  readonly seed: number | undefined;
  readonly cases: number;
  readonly days: number;
  readonly jobs: number;
  readonly isJson: boolean;
}

async function main(args: readonly string[]): Promise<number> {
  const read = readOptions(args);
  if (typeof read === 'string') {
    process.stderr.write(`${read}\n\n${HELP}`);
    return 2;
  }
  if (read.help) return print(HELP);
  if (read.promises) return print(promisesText(read.json));
  const asked = { ...read.numbers, isJson: read.json };
  return asked.seed === undefined ? simulateMany(asked) : simulateOne(asked, asked.seed);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** Returns what is wrong with the options as a text. */
function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const { promises, json, help } = values;
    const number = (name: 'seeds' | 'from' | 'seed' | 'cases' | 'days' | 'jobs', least: number): number => {
      const text = values[name] ?? '';
      const value = Number(text);
      const isWhole = /^\d{1,9}$/u.test(text) && value >= least;
      if (!isWhole) throw new Error(`\`--${name}\` must be a whole number from ${least}, not \`${text}\``);
      return value;
    };
    const days = number('days', 1);
    if (days > 365) throw new Error('`--days` must be 365 at most: calendars are known for a year and some months');
    const seed = values.seed === undefined ? undefined : number('seed', 0);
    const many = { seeds: number('seeds', 1), from: number('from', 0), jobs: number('jobs', 1) };
    return { promises, json, help, numbers: { ...many, seed, days, cases: number('cases', 1) } };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function promisesText(isJson: boolean): string {
  const list = PROMISES.map(({ name, sentence }) => ({ name, sentence }));
  if (isJson) return `${JSON.stringify(list, undefined, 2)}\n`;
  return list.map(({ name, sentence }) => `${name}\n  ${sentence}\n`).join('');
}

/** One year; a broken promise is looked for in a smaller year as well. */
function simulateOne({ cases, days, isJson }: Asked, seed: number): number {
  const result = runSeed({ seed, cases, days });
  const smaller = result.ok ? undefined : shrink(result.parameters, result.failure);
  if (isJson) {
    process.stdout.write(`${JSON.stringify({ ...result, ...(smaller && { smaller }) }, undefined, 2)}\n`);
  } else if (result.ok) {
    process.stdout.write(`seed ${seed}: all promises kept in ${result.turns} commands, ${result.hash}\n`);
  } else {
    process.stdout.write(`${failureText(result.parameters, result.failure)}\n`);
    if (smaller !== undefined) process.stdout.write(`smaller:\n${failureText(smaller.parameters, smaller.failure)}\n`);
  }
  return result.ok ? 0 : 1;
}

async function simulateMany({ seeds, from, cases, days, jobs, isJson }: Asked): Promise<number> {
  const started = performance.now();
  let lived = 0;
  const onResult = (result: SeedResult): void => {
    lived += 1;
    if (!result.ok && !isJson) process.stdout.write(`${failureText(result.parameters, result.failure)}\n`);
    if (lived % Math.max(1, Math.round(seeds / 20)) === 0) process.stderr.write(`${lived} of ${seeds} years\n`);
  };
  const list = Array.from({ length: seeds }, (_, index) => from + index);
  const results = await runSeeds({ seeds: list, cases, days, jobs, onResult });
  const seconds = (performance.now() - started) / 1000;
  const failures = results.flatMap((result) => (result.ok ? [] : [result]));
  const caseYears = (seeds * cases * days) / 365;
  const turns = results.reduce((sum, result) => sum + (result.ok ? result.turns : 0), 0);
  const figures = {
    years: seeds,
    cases,
    days,
    case_years: caseYears,
    commands: turns,
    seconds: Number(seconds.toFixed(1)),
  };
  const broken = failures.map(({ parameters, failure }) => ({
    ...parameters,
    ...failure,
    again: replayCommand(parameters),
  }));
  process.stdout.write(
    isJson
      ? `${JSON.stringify({ ok: broken.length === 0, ...figures, broken }, undefined, 2)}\n`
      : `${seeds} years of ${cases} cases and ${days} days, ${turns} commands, in ${figures.seconds} s: ${broken.length === 0 ? 'all promises kept' : `${broken.length} broken`}\n`,
  );
  return broken.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));

/** `npm run bench`: the figures we aim at, measured in one run; timings belong here and in no test. */

import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Bench, Measured } from './bench.ts';
import { BENCHES } from './benches.ts';
import { isBusy, loadNow, thisMachine } from './machine.ts';
import { parseReport, type Report, reportJson, reportMarkdown, withTable } from './report.ts';
import { runBench } from './run-bench.ts';

const HELP = `usage: npm run bench -- [NAME …] [options]

Measures what is named, or everything, each in a process and on servers of its own, and prints a table.

  --json FILE    also write the report as JSON (- prints it instead of the table)
  --write FILE   also put the table between the markers of this document
  --from FILE    measure nothing: take the report from this JSON
  --quick        small numbers, to see that everything runs
  --help

${BENCHES.map(({ name, about }) => `  ${name.padEnd(14)} ${about}`).join('\n')}

Examples:
  npm run bench -- conditions check
  npm run bench -- --json bench.json --write docs/performance.md
  npm run bench -- --from bench.json --write docs/performance.md

Ends with 0 when everything named was measured, reached or not; 1 when a bench failed; 2 for what it does not know.
`;

const OPTIONS = {
  json: { type: 'string' },
  write: { type: 'string' },
  from: { type: 'string' },
  quick: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function measureAll(benches: readonly Bench[], quick: boolean, command: string): Promise<Report> {
  const machine = thisMachine();
  const at_start = loadNow();
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  if (isBusy(at_start, machine))
    tell(`the machine is busy (load ${at_start} on ${machine.cores} cores): only ratios will mean something`);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const started = new Date();
  const measured: Measured[] = [];
  const failed: { bench: string; why: string }[] = [];
  for (const [index, bench] of benches.entries()) {
    if (stop.signal.aborted) break;
    tell(`[${index + 1}/${benches.length}] ${bench.name}: ${bench.about}`);
    const from = performance.now();
    const message = await runBench(bench, quick, stop.signal);
    if ('failed' in message) failed.push({ bench: bench.name, why: message.failed });
    else measured.push(...message.measured);
    tell(
      `  ${'failed' in message ? `failed: ${message.failed}` : 'done'} after ${Math.round((performance.now() - from) / 1000)} s`,
    );
  }
  const seconds = Math.round((Date.now() - started.getTime()) / 1000);
  const load = { at_start, at_end: loadNow() };
  return { machine, load, command, started_at: started.toISOString(), seconds, quick, measured, failed };
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) throw new TypeError(`there is no bench \`${unknown.join('`, `')}\``);
  const named = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
  const report =
    values.from === undefined
      ? await measureAll(named, values.quick, command)
      : parseReport(await readFile(values.from, 'utf8'));
  const table = reportMarkdown(report);
  process.stdout.write(values.json === '-' ? reportJson(report) : `${table}\n`);
  if (values.json !== undefined && values.json !== '-') await writeFile(values.json, reportJson(report));
  if (values.write !== undefined) await writeFile(values.write, withTable(await readFile(values.write, 'utf8'), table));
  return report.failed.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n${error instanceof TypeError ? HELP : ''}`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}

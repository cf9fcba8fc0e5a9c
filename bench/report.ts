/** The report of a run: what was measured, judged by the aims, as JSON and as a table. */

import type { Measured } from './bench.ts';
import { type Aim, isReached, rowOf } from './figures.ts';
import { isBusy, type Machine } from './machine.ts';

export interface Report {
  readonly machine: Machine;
  readonly load: { readonly at_start: number; readonly at_end: number };
  readonly command: string;
  /** ISO 8601. */
  readonly started_at: string;
  readonly seconds: number;
  readonly quick: boolean;
  readonly measured: readonly Measured[];
  readonly failed: readonly { readonly bench: string; readonly why: string }[];
}

/** The report with each figure's words, unit, aim and whether it is reached, for scripts. */
export function reportJson(report: Report): string {
  const figures = report.measured.map((one) => {
    const row = rowOf(one.figure);
    return { ...one, ...row, ...(row.aim !== undefined && { reached: isReached(one.value, row.aim) }) };
  });
  const { measured: _, ...rest } = report;
  return `${JSON.stringify({ ...rest, figures }, undefined, 2)}\n`;
}

/** What `reportJson` wrote. @throws when it is no report */
export function parseReport(text: string): Report {
  const read: unknown = JSON.parse(text);
  if (typeof read !== 'object' || read === null || !('figures' in read) || !('machine' in read)) {
    throw new Error('this is no report of a bench: it has no `figures` and no `machine`');
  }
  const { figures, ...rest } = read;
  return { ...rest, measured: figures } as unknown as Report;
}

export function reportMarkdown(report: Report): string {
  const rows = report.measured.map((one) => {
    const { what, unit, aim } = rowOf(one.figure);
    const beside = one.beside === undefined ? '' : `; ${one.beside}`;
    const between = one.low === undefined || one.high === undefined ? '' : `${shown(one.low)} – ${shown(one.high)}`;
    return `| ${what} | ${shown(one.value)} ${unit}${beside} | ${between} | ${aimText(aim)} | ${verdict(one.value, aim)} |`;
  });
  const failures = report.failed.map(({ bench, why }) => `- \`${bench}\` failed: ${why}`);
  return [
    machineLine(report),
    '',
    '| what | measured (median) | spread | aim | reached |',
    '|---|---|---|---|---|',
    ...rows,
    ...(failures.length > 0 ? ['', ...failures] : []),
  ].join('\n');
}

function machineLine({ machine, load, command, started_at, seconds, quick }: Report): string {
  const { processor, cores, memory_gb, node, platform } = machine;
  const when = `\`${command}\`, ${started_at.slice(0, 10)}, ${Math.round(seconds / 60)} minutes`;
  const busy = isBusy(load.at_start, machine) ? ' **The machine was busy: only ratios mean something.**' : '';
  const small = quick ? ' **A quick run: the figures say little.**' : '';
  return `${when}. ${cores} cores (${processor}), ${memory_gb} GB, Node ${node}, ${platform}; load ${load.at_start} at the start, ${load.at_end} at the end.${busy}${small}`;
}

function verdict(value: number, aim: Aim | undefined): string {
  if (aim === undefined) return '';
  return isReached(value, aim) ? 'yes' : '**no**';
}

function aimText(aim: Aim | undefined): string {
  if (aim === undefined) return '';
  return 'at_least' in aim ? `≥ ${shown(aim.at_least)}` : `≤ ${shown(aim.at_most)}`;
}

/** Three digits that mean something. */
function shown(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.min(digits, 2) });
}

const BEGIN = '<!-- written by npm run bench: begin -->';
const END = '<!-- written by npm run bench: end -->';

/** A document with the table between its two markers replaced, all else as it was. @throws when it has no markers */
export function withTable(document: string, table: string): string {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END);
  if (from < 0 || to < from) throw new Error(`the document has no lines \`${BEGIN}\` and \`${END}\``);
  return `${document.slice(0, from + BEGIN.length)}\n${table}\n${document.slice(to)}`;
}

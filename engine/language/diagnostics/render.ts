/** Shows findings to a person: place, message and code, the line with a caret under the token, and the hint. */

import type { At, Lang, Text } from '../../playbook/text.ts';
import { type SourceFile, textOf } from '../syntax/source-file.ts';
import { columnsOf } from './columns.ts';
import type { Diagnostic } from './diagnostic.ts';

export interface Counted {
  readonly files: number;
  readonly diagnostics: readonly Diagnostic[];
}

const WORDS = {
  error: { zh: '错误', en: 'error' },
  warning: { zh: '警告', en: 'warning' },
  hint: { zh: '提示', en: 'hint' },
  see: { zh: '参见', en: 'see' },
} satisfies Record<string, Text>;

/** @returns the findings as text, each ending in a line feed; an empty line between two. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  lang: Lang,
): string {
  const lines = new Map(sources.map((file) => [file.path, textOf(file).split(/\r?\n/)]));
  return diagnostics.map((one) => renderOne(one, lines.get(one.at.file) ?? [], lang)).join('\n');
}

function renderOne(one: Diagnostic, lines: readonly string[], lang: Lang): string {
  const shown = [`${place(one.at)}: ${WORDS[one.severity][lang]}: ${one.message[lang]} [${one.code}]`];
  const line = lines[one.at.line - 1];
  if (line !== undefined && line.trim() !== '') shown.push(...underlined(line, one, String(one.at.line)));
  if (one.hint) shown.push(`  ${WORDS.hint[lang]}: ${one.hint[lang]}`);
  for (const { at, message } of one.related ?? []) shown.push(`  ${WORDS.see[lang]} ${place(at)}: ${message[lang]}`);
  return `${shown.join('\n')}\n`;
}

function place(at: At): string {
  return `${shownAs(at.file)}:${at.line}:${at.col}`;
}

/** Long lines are cut around the token: an author reads this in a terminal. */
const WIDEST = 140;

function underlined(line: string, one: Diagnostic, number: string): readonly string[] {
  const start = one.at.col - 1;
  const end = Math.max(start + 1, (one.end_col ?? wordEnd(line, start) + 1) - 1);
  const from = columnsOf(line) > WIDEST && start > WIDEST / 2 ? start - WIDEST / 2 : 0;
  const lead = from > 0 ? '…' : '';
  const before = lead + shownAs(line.slice(from, start));
  const token = shownAs(line.slice(start, end));
  const rest = shownAs(line.slice(end));
  const room = Math.max(0, WIDEST - columnsOf(before) - columnsOf(token));
  const after = rest.length > room ? `${rest.slice(0, room)}…` : rest;
  const gutter = ' '.repeat(number.length);
  const carets = '^'.repeat(Math.max(1, columnsOf(token)));
  return [
    `  ${number} | ${before}${token}${after}`.trimEnd(),
    `  ${gutter} | ${' '.repeat(columnsOf(before))}${carets}`,
  ];
}

/** Nothing in a playbook may steer the terminal. */
function shownAs(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ');
}

function wordEnd(line: string, start: number): number {
  const length = line.slice(start).search(/[\s,:{}[\]]/);
  return length === -1 ? line.length : start + Math.max(1, length);
}

/** The closing line: `2 errors, 1 warning in 7 files`. */
export function summaryOf({ files, diagnostics }: Counted, lang: Lang): string {
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  const warnings = diagnostics.length - errors;
  if (lang === 'zh') {
    return diagnostics.length === 0
      ? `${files} 个文件，没有问题`
      : `${files} 个文件，${errors} 个错误，${warnings} 个警告`;
  }
  const within = `in ${counted(files, 'file')}`;
  if (diagnostics.length === 0) return `no findings ${within}`;
  const parts = [errors > 0 ? counted(errors, 'error') : '', warnings > 0 ? counted(warnings, 'warning') : ''];
  return `${parts.filter((part) => part !== '').join(', ')} ${within}`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

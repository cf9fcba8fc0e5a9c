/** What lies in `test/golden/check`: for every code a mistake in the base playbooks, what is printed of it, and why it is one. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Text } from '../../engine/playbook/text.ts';

export const GOLDEN = resolve('test/golden/check');

export function goldenCodes(): readonly string[] {
  return readdirSync(GOLDEN).filter((name) => name !== 'base');
}

/** `why.txt`: a line of Chinese, a line of English. */
export function whyOf(code: string): Text {
  const [zh = '', en = ''] = readFileSync(join(GOLDEN, code, 'why.txt'), 'utf8').split('\n');
  return { zh, en };
}

export interface Example {
  readonly bad: string;
  /** Absent where leaving it out is what is right. */
  readonly good?: string;
}

/** The lines that differ from the base, as they lie in files that the test of the golden pairs checks; none where a file is too large to show. */
export function exampleOf(code: string, foundAt: ReadonlySet<string>): readonly Example[] {
  return playbooksIn(code).flatMap((path): Example[] => {
    const bad = readFileSync(join(GOLDEN, code, path), 'utf8').split('\n');
    const base = join(GOLDEN, 'base', path);
    if (!existsAsFile(base)) return [{ bad: [`# ${path}`, ...bad.slice(0, 6)].join('\n').trimEnd() }];
    const hunks = differences(readFileSync(base, 'utf8').split('\n'), bad);
    const telling = hunks.filter((hunk) => hunk.bad.some((_, i) => foundAt.has(`${path}:${hunk.line + i}`)));
    return (telling.length > 0 ? telling : hunks).map((hunk) => shortened(hunk, path, foundAt));
  });
}

function playbooksIn(code: string, under = ''): readonly string[] {
  return readdirSync(join(GOLDEN, code, under)).flatMap((name) => {
    const path = join(under, name);
    if (statSync(join(GOLDEN, code, path)).isDirectory()) return playbooksIn(code, path);
    return name.endsWith('.yaml') ? [path] : [];
  });
}

function existsAsFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

interface Hunk {
  /** Of the first bad line. */
  readonly line: number;
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

/** Of a long hunk, the lines that are told and those of the same key. */
function shortened({ line, bad, good }: Hunk, path: string, foundAt: ReadonlySet<string>): Example {
  const told = bad.filter((_, i) => foundAt.has(`${path}:${line + i}`));
  const isLong = told.length > 0 && bad.length + good.length > 6;
  const keys = told.map(keyOf);
  const shown = isLong ? { bad: told, good: good.filter((one) => keys.includes(keyOf(one))) } : { bad, good };
  return { bad: dedented(shown.bad), ...(shown.good.length > 0 ? { good: dedented(shown.good) } : {}) };
}

function keyOf(line: string): string {
  return /[\w-]+/.exec(line)?.[0] ?? '';
}

function dedented(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/[^ ]/));
  return lines.map((line) => line.slice(Math.min(...indents))).join('\n');
}

/** What changed between two texts, by their longest common lines; a hunk of one side alone keeps the line above it. */
function differences(good: readonly string[], bad: readonly string[]): readonly Hunk[] {
  const common = commonLengths(good, bad);
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  while (i < good.length || j < bad.length) {
    if (i < good.length && good[i] === bad[j]) {
      i++;
      j++;
      continue;
    }
    const [fromGood, fromBad] = [i, j];
    while ((i < good.length || j < bad.length) && !(i < good.length && good[i] === bad[j])) {
      if (j < bad.length && (i >= good.length || (common[i]?.[j + 1] ?? 0) >= (common[i + 1]?.[j] ?? 0))) j++;
      else i++;
    }
    const isOneSided = i === fromGood || j === fromBad;
    const above = isOneSided && fromBad > 0 && fromGood > 0 ? 1 : 0;
    hunks.push({
      line: fromBad - above + 1,
      bad: bad.slice(fromBad - above, j),
      good: good.slice(fromGood - above, i),
    });
  }
  return hunks;
}

function commonLengths(a: readonly string[], b: readonly string[]): readonly (readonly number[])[] {
  const rows = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = rows[i];
      if (!row) continue;
      row[j] = a[i] === b[j] ? (rows[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(rows[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

/** What is under review, by digest, and how it differs from what was reviewed before. */

import { hash } from 'fast-sha256';
import { canonicalText } from '../../canonical-text.ts';
import { isSameValue } from '../../playbook/is-same-value.ts';
import type { Value } from '../../playbook/value.ts';
import type { Content } from './record.ts';

/** One thing that is not as it was; a member is absent where nothing was known. */
export interface ContentChange {
  readonly name: string;
  readonly before?: Value;
  readonly after?: Value;
  /** Of texts of several lines. */
  readonly lines?: readonly LineChange[];
}

export interface LineChange {
  readonly change: 'kept' | 'removed' | 'added';
  readonly line: string;
}

/** Hex of the SHA-256 over the canonical JSON (RFC 8785) of the content. */
export function digestOf(content: Content): string {
  const bytes = hash(new TextEncoder().encode(canonicalText(content)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Enough of a digest to tell one content from another; people copy it by hand. */
export const DIGEST_SHOWN = 12;

/** Whether a digest, whole or as it is shown to people, is that of the content. */
export function isDigestOf(given: string, digest: string): boolean {
  return given.length >= DIGEST_SHOWN && digest.startsWith(given);
}

/** Names of what differs, sorted. */
export function changedNames(before: Content, after: Content): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !isSameValue(valueIn(before, name), valueIn(after, name)))
    .sort();
}

/** Field by field; texts of several lines line by line. */
export function changesBetween(before: Content, after: Content): readonly ContentChange[] {
  return changedNames(before, after).map((name) => {
    const was = valueIn(before, name);
    const is = valueIn(after, name);
    const isLong = typeof was === 'string' && typeof is === 'string' && `${was}${is}`.includes('\n');
    return {
      name,
      ...(was !== undefined && { before: was }),
      ...(is !== undefined && { after: is }),
      ...(isLong && { lines: lineChanges(was.split('\n'), is.split('\n')) }),
    };
  });
}

function valueIn(content: Content, name: string): Value | undefined {
  return Object.hasOwn(content, name) ? content[name] : undefined;
}

/** Beyond so many pairs of lines the middle is told as replaced: the table of a longest common part would be too large. */
const MOST_PAIRS = 1_000_000;

/** A shortest way from one text to the other, by lines. */
export function lineChanges(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const told = (change: LineChange['change'], lines: readonly string[]) => lines.map((line) => ({ change, line }));
  const middle = middleChanges(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  return [...told('kept', before.slice(0, head)), ...middle, ...told('kept', before.slice(before.length - tail))];
}

function middleChanges(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  const removed = before.map((line): LineChange => ({ change: 'removed', line }));
  const added = after.map((line): LineChange => ({ change: 'added', line }));
  if (before.length * after.length > MOST_PAIRS) return [...removed, ...added];
  const common = commonLengths(before, after);
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    const [line = '', other = ''] = [before[i], after[j]];
    if (line === other) {
      changes.push({ change: 'kept', line });
      i += 1;
      j += 1;
    } else if ((common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)) {
      changes.push({ change: 'removed', line });
      i += 1;
    } else {
      changes.push({ change: 'added', line: other });
      j += 1;
    }
  }
  return [...changes, ...removed.slice(i), ...added.slice(j)];
}

/** `[i][j]`: how many lines the rests from `i` and from `j` have in common, in order. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      if (row === undefined) continue;
      row[j] =
        before[i] === after[j] ? 1 + (table[i + 1]?.[j + 1] ?? 0) : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

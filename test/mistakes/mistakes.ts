/** Seeded mistakes in the shipped playbooks, and what the checker says of each. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileRead, readSource } from '../../engine/language/compile-set.ts';
import type { Diagnostic } from '../../engine/language/diagnostics/diagnostic.ts';
import type { SourceFile } from '../../engine/language/syntax/source-file.ts';
import { sha256 } from '../../store/hash.ts';
import { MARK_MISTAKES } from './marks.ts';
import { type Edit, edited, lineAt, type Maker, type Shipped, toldAt } from './mistake.ts';
import { NAME_MISTAKES } from './names.ts';
import { randomFrom } from './random.ts';
import { sitesOf } from './sites.ts';
import { VALUE_MISTAKES } from './values.ts';

export const MAKERS: Readonly<Record<string, Maker>> = { ...NAME_MISTAKES, ...VALUE_MISTAKES, ...MARK_MISTAKES };

/** What came of one mistake. */
export interface Told {
  readonly what: string;
  /** `file:line` and the line as it then stands. */
  readonly place: string;
  readonly line: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly isTold: boolean;
  /** Something is told on each line where it must be. */
  readonly isOnLine: boolean;
  /** Nothing is told twice, nor anywhere else. */
  readonly isOnce: boolean;
}

export function shippedPlaybooks(folder = 'playbooks'): Shipped {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((path): SourceFile => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
  const { sites, words } = sitesOf(files);
  const known = new Set([...sites.map(({ key }) => key), ...words.flatMap(({ text }) => [text, ...text.split(' ')])]);
  return { files, sites, words, known };
}

/** As many different mistakes as asked for, every kind in turn. */
export function* mistakes(shipped: Shipped, count: number, seed: number): Generator<Told> {
  const random = randomFrom(seed);
  const unchanged = new Map(shipped.files.map((file) => [file.path, readSource(file)]));
  const made = new Set<string>();
  const kinds = Object.entries(MAKERS);
  for (let i = 0, misses = 0; made.size < count && misses < count + 1_000; i++) {
    const [what, maker] = kinds[i % kinds.length] ?? [];
    const edit = maker?.(shipped, random);
    const key = edit && `${edit.file.path}:${edit.from}:${edit.to}:${edit.put}`;
    if (!edit || what === undefined || key === undefined || made.has(key)) {
      misses++;
      continue;
    }
    made.add(key);
    const text = edited(edit);
    const changed = readSource({ path: edit.file.path, text });
    const read = [...unchanged.values()].map((one) => (one.path === edit.file.path ? changed : one));
    yield judge(what, edit, text, compileRead(read, { sha256 }).diagnostics);
  }
}

function judge(what: string, edit: Edit, text: string, diagnostics: readonly Diagnostic[]): Told {
  const line = lineAt(text, edit.from);
  const wanted = toldAt(edit);
  const places = diagnostics.map(({ at }) => `${at.file}:${at.line}`);
  return {
    what,
    place: `${edit.file.path}:${line}`,
    line: text.split('\n')[line - 1] ?? '',
    diagnostics,
    isTold: diagnostics.length > 0,
    isOnLine: wanted.every((place) => places.includes(place)),
    isOnce: diagnostics.length <= wanted.length,
  };
}

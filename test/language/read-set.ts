/** Compiles small sets of playbooks for tests: the golden base, with some files replaced or added. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledSet, compileSet, type SourceFile } from '../../engine/language/compile-set.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { sha256 } from '../../store/hash.ts';

export function filesIn(folder: string): readonly SourceFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ path: name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** The base set with edits: `path → change of its text`; a path of its own is added. */
export function compileBase(edits: Readonly<Record<string, (text: string) => string>> = {}): CompiledSet {
  const base = filesIn('test/golden/check/base');
  const added = Object.keys(edits).filter((path) => !base.some((file) => file.path === path));
  const files = [...base, ...added.map((path) => ({ path, text: '' }))];
  const edited = files.map(({ path, text }) => ({ path, text: edits[path]?.(text) ?? text }));
  return compileSet(edited, { sha256 });
}

/** @throws Error when there are findings of any kind. */
export function setOf({ set, diagnostics }: CompiledSet): PlaybookSet {
  if (set && diagnostics.length === 0) return set;
  throw new Error(diagnostics.map((one) => `${one.at.file}:${one.at.line} ${one.message.en} [${one.code}]`).join('\n'));
}

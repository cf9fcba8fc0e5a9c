/** Finds the playbooks that paths on the command line mean. */

import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { SourceFile } from '../engine/language/compile-set.ts';
import { MAX_BYTES } from '../engine/language/syntax/budget.ts';

/** Playbooks are compiled a folder at a time: a file means its folder, looked at through that file. */
export interface PlaybookFolder {
  readonly folder: string;
  /** Paths relative to the folder, with `/`; sorted. */
  readonly files: readonly SourceFile[];
  /** Files named one by one; empty: the whole folder was meant. */
  readonly chosen: ReadonlySet<string>;
}

const PLAYBOOK = /\.ya?ml$/;

/** @throws NodeJS.ErrnoException for a path that cannot be read, its `path` naming it */
export function playbookFolders(paths: readonly string[]): readonly PlaybookFolder[] {
  const chosen = new Map<string, Set<string> | 'all'>();
  for (const path of paths) {
    if (statSync(path).isDirectory()) chosen.set(path, 'all');
    else {
      const names = chosen.get(dirname(path)) ?? new Set<string>();
      if (names !== 'all') chosen.set(dirname(path), names.add(basename(path)));
    }
  }
  return [...chosen].map(([folder, names]) => ({
    folder,
    files: filesIn(folder),
    chosen: names === 'all' ? new Set<string>() : names,
  }));
}

function filesIn(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => PLAYBOOK.test(entry.name))
    .map((entry) => ({ entry, path: relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/') }))
    .filter(({ path }) => !path.split('/').some((part) => part.startsWith('.') || part === 'node_modules'))
    .map(({ entry, path }) => readSource(path, join(folder, path), entry.isFile()))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What is named like a playbook and is none is told, never passed over: a folder, a link, a file that may not be read. */
function readSource(path: string, at: string, isFile: boolean): SourceFile {
  if (!isFile) return { path, text: '', fault: 'not-a-file' };
  try {
    return { path, text: readStart(at) };
  } catch {
    return { path, text: '', fault: 'unreadable-file' };
  }
}

/** As much as it takes to see that a file is too large. */
function readStart(at: string): string {
  const file = openSync(at, 'r');
  try {
    const buffer = Buffer.alloc(MAX_BYTES + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
}

/** How a place in the folder is shown: as the path somebody could open from here. */
export function shownPath(folder: string, file: string): string {
  return join(folder, file);
}

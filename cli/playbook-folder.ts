/** Finds the playbooks that paths on the command line mean. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { SourceFile } from '../engine/language/compile-set.ts';

/** Playbooks are compiled a folder at a time: a file means its folder, looked at through that file. */
export interface PlaybookFolder {
  readonly folder: string;
  /** Sorted; each `path` can be opened from here, so that places in messages can. */
  readonly files: readonly SourceFile[];
  /** Paths of the files named one by one; empty: the whole folder was meant. */
  readonly chosen: ReadonlySet<string>;
}

const PLAYBOOK = /\.ya?ml$/;

/** @throws NodeJS.ErrnoException for a path that cannot be read, its `path` naming it */
export function playbookFolders(paths: readonly string[]): readonly PlaybookFolder[] {
  const chosen = new Map<string, Set<string>>();
  const whole = new Set<string>();
  for (const path of paths) {
    const isFolder = statSync(path).isDirectory();
    const folder = isFolder ? path : dirname(path);
    const files = chosen.get(folder) ?? new Set<string>();
    chosen.set(folder, files);
    if (isFolder) whole.add(folder);
    else files.add(shownPath(path));
  }
  return [...chosen].map(([folder, files]) => ({
    folder,
    files: filesIn(folder),
    chosen: whole.has(folder) ? new Set<string>() : files,
  }));
}

function filesIn(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && PLAYBOOK.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(folder, path).split(sep).some(isAside))
    .map((path) => ({ path: shownPath(path), text: readFileSync(path, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Hidden folders, and those of packages, hold no playbooks of ours. */
function isAside(part: string): boolean {
  return part.startsWith('.') || part === 'node_modules';
}

/** With `/` on every system, as places in messages are written. */
function shownPath(path: string): string {
  return join(path).split(sep).join('/');
}

/** Finds the playbooks that paths on the command line mean. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { SourceFile } from '../engine/language/compile-set.ts';

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
    .filter((entry) => entry.isFile() && PLAYBOOK.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !relative(folder, path)
          .split(sep)
          .some((part) => part.startsWith('.') || part === 'node_modules'),
    )
    .map((path) => ({ path: relative(folder, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** How a place in the folder is shown: as the path somebody could open from here. */
export function shownPath(folder: string, file: string): string {
  return join(folder, file);
}

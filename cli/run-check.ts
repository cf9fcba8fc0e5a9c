/** What `playrail check` does: tells what is wrong with playbooks, at the token to change. */

import { compileSet, type SourceFile } from '../engine/language/compile-set.ts';
import type { Diagnostic } from '../engine/language/diagnostics/diagnostic.ts';
import { renderDiagnostics, summaryOf } from '../engine/language/diagnostics/render.ts';
import { checkPostsHeld } from '../engine/language/logic/posts-held.ts';
import type { At, Lang, Text } from '../engine/playbook/text.ts';
import type { Person } from '../engine/who/people.ts';
import { sha256 } from '../store/hash.ts';
import { CliExit, EXIT } from './exit-codes.ts';
import { terminalLang } from './lang.ts';
import { type PlaybookFolder, playbookFolders, shownPath } from './playbook-folder.ts';

export interface CheckOptions {
  readonly json?: boolean;
  readonly lang?: Lang;
  /** The people of an installation, who must hold the posts that are asked; absent: nothing is known of people. */
  readonly people?: readonly Pick<Person, 'person' | 'role' | 'active'>[];
}

/**
 * Checks folders of playbooks, or single files in the light of their folder.
 * @returns the exit code: 0 no errors (there may be warnings), 1 errors
 * @throws CliExit with code 2 when a path is not there or holds no playbook
 */
export async function runCheck(
  paths: readonly string[],
  options: CheckOptions,
  out: { write(text: string): unknown },
): Promise<number> {
  const lang = terminalLang(options.lang);
  const folders = readFolders(paths.length > 0 ? paths : ['playbooks']);
  const files = folders.flatMap(shownFiles);
  const diagnostics = folders.flatMap((folder) => checkFolder(folder, options.people));
  if (options.json) out.write(`${JSON.stringify(diagnostics, undefined, 2)}\n`);
  else {
    const { few, more } = firstOfEach(diagnostics);
    const shown = renderDiagnostics(few, files, lang) + more.map((one) => `\n${one[lang]}\n`).join('');
    const looked = folders.reduce((sum, { files: all, chosen }) => sum + (chosen.size || all.length), 0);
    out.write(`${shown === '' ? '' : `${shown}\n`}${summaryOf({ files: looked, diagnostics }, lang)}\n`);
  }
  return diagnostics.some((one) => one.severity === 'error') ? EXIT.no : EXIT.ok;
}

/** Of one file a person reads so many; the others mostly follow from them. `--json` has them all. */
const MOST_OF_A_FILE = 50;

function firstOfEach(diagnostics: readonly Diagnostic[]): { few: readonly Diagnostic[]; more: readonly Text[] } {
  const counts = new Map<string, number>();
  const few = diagnostics.filter(({ at }) => {
    const count = (counts.get(at.file) ?? 0) + 1;
    counts.set(at.file, count);
    return count <= MOST_OF_A_FILE;
  });
  const more = [...counts].flatMap(([file, count]): Text[] => {
    const rest = count - MOST_OF_A_FILE;
    return rest > 0 ? [{ zh: `${file}：还有 ${rest} 处`, en: `${file}: ${rest} more` }] : [];
  });
  return { few, more };
}

function readFolders(paths: readonly string[]): readonly PlaybookFolder[] {
  const folders = paths.map((path) => {
    try {
      return playbookFolders([path]);
    } catch {
      throw new CliExit(EXIT.usage, { zh: `无法读取 \`${path}\``, en: `cannot read \`${path}\`` });
    }
  });
  const empty = folders.flat().find(({ files }) => files.length === 0);
  if (!empty) return playbookFolders(paths);
  throw new CliExit(EXIT.usage, {
    zh: `目录 \`${empty.folder}\` 中没有剧本（*.yaml）`,
    en: `there are no playbooks (*.yaml) in \`${empty.folder}\``,
  });
}

function shownFiles({ folder, files }: PlaybookFolder): readonly SourceFile[] {
  return files.map(({ path, text }) => ({ path: shownPath(folder, path), text }));
}

/** Places as they can be opened from here; of a folder looked at through single files, the findings in those. */
function checkFolder({ folder, files, chosen }: PlaybookFolder, people: CheckOptions['people']): readonly Diagnostic[] {
  const { set, diagnostics: found } = compileSet(files, { sha256 });
  const diagnostics = set === undefined || people === undefined ? found : [...found, ...checkPostsHeld(set, people)];
  const shown = (at: At): At => ({ ...at, file: shownPath(folder, at.file) });
  return diagnostics
    .filter((one) => chosen.size === 0 || chosen.has(one.at.file))
    .map(({ at, related, ...one }) => ({
      ...one,
      at: shown(at),
      ...(related ? { related: related.map((other) => ({ ...other, at: shown(other.at) })) } : {}),
    }));
}

/** Reads a folder of playbooks from disk, every YAML file in it and below. */

import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { SourceFile } from '../engine/language/compile-set.ts';
import { codeOf, messageOf, SetupError } from '../workers/embedded/setup-error.ts';

/**
 * Paths are relative to the folder, with `/` on every system.
 * @throws SetupError when the folder is not there or cannot be read, or holds no playbook.
 */
export async function readPlaybooks(folder: string): Promise<SourceFile[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    if (paths.length === 0) throw empty(folder);
    return await Promise.all(
      paths.map(async (path) => ({
        path: relative(folder, path).replaceAll(sep, '/'),
        text: await readFile(path, 'utf8'),
      })),
    );
  } catch (error) {
    if (error instanceof SetupError) throw error;
    const isMissing = codeOf(error) === 'ENOENT';
    throw new SetupError(
      {
        zh: isMissing ? `没有剧本目录 \`${folder}\`` : `无法读取剧本目录 \`${folder}\`：${messageOf(error)}`,
        en: isMissing ? `there is no playbook folder \`${folder}\`` : `cannot read \`${folder}\`: ${messageOf(error)}`,
      },
      { zh: '用 --playbooks 指定剧本目录', en: 'name the folder of your playbooks with --playbooks' },
    );
  }
}

function empty(folder: string): SetupError {
  return new SetupError(
    { zh: `目录 \`${folder}\` 中没有剧本（*.yaml）`, en: `there are no playbooks (*.yaml) in \`${folder}\`` },
    { zh: '用 --playbooks 指定剧本目录', en: 'name the folder of your playbooks with --playbooks' },
  );
}

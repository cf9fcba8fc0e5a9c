/** Reads the one playbook folder that `serve` and `doctor` work with. */

import type { SourceFile } from '../engine/language/compile-set.ts';
import { codeOf, messageOf, SetupError } from '../workers/embedded/setup-error.ts';
import { playbookFolders } from './playbook-folder.ts';

/** @throws SetupError when the folder is not there, cannot be read, or holds no playbook. */
export function readPlaybooks(folder: string): readonly SourceFile[] {
  const files = filesOf(folder);
  if (files.length > 0) return files;
  throw new SetupError(
    { zh: `目录 \`${folder}\` 中没有剧本（*.yaml）`, en: `there are no playbooks (*.yaml) in \`${folder}\`` },
    HINT,
  );
}

const HINT = { zh: '用 --playbooks 指定剧本目录', en: 'name the folder of your playbooks with --playbooks' };

function filesOf(folder: string): readonly SourceFile[] {
  try {
    return playbookFolders([folder])[0]?.files ?? [];
  } catch (error) {
    const isMissing = codeOf(error) === 'ENOENT';
    throw new SetupError(
      {
        zh: isMissing ? `没有剧本目录 \`${folder}\`` : `无法读取剧本目录 \`${folder}\`：${messageOf(error)}`,
        en: isMissing ? `there is no playbook folder \`${folder}\`` : `cannot read \`${folder}\`: ${messageOf(error)}`,
      },
      HINT,
    );
  }
}

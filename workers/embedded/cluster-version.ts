/** Refuses to start a PostgreSQL on files that another major version wrote, and says the way over. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolder } from './data-folder.ts';
import { runAs } from './pass-closed-folders.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { runCommand } from './run-command.ts';
import { SetupError } from './setup-error.ts';

/** PostgreSQL would not start either, but its log does not say what to do. @throws SetupError when the versions differ. */
export async function requireSameMajor(folder: DataFolder, binaries: PostgresBinaries): Promise<void> {
  const ofFiles = (await readFile(join(folder.postgres, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  const ofProgram = await majorOf(folder, binaries);
  if (ofFiles === '' || ofProgram === undefined || ofFiles === ofProgram) return;
  const isOlder = Number(ofFiles) < Number(ofProgram);
  throw new SetupError(
    {
      en: `the database in \`${folder.postgres}\` was written by PostgreSQL ${ofFiles}, and this Playrail brings PostgreSQL ${ofProgram}`,
      zh: `\`${folder.postgres}\` 中的数据库由 PostgreSQL ${ofFiles} 写成，而此版本 Playrail 自带 PostgreSQL ${ofProgram}`,
    },
    isOlder
      ? {
          en: 'with the Playrail that wrote it run `playrail backup DIR`; then with this one `playrail restore DIR --data NEW` into a new folder, and serve from there; the old folder stays as it is',
          zh: '先用写成它的 Playrail 运行 `playrail backup DIR`；再用此版本运行 `playrail restore DIR --data NEW` 恢复到新目录，并从那里启动；旧目录保持不变',
        }
      : {
          en: 'start the newer Playrail that wrote it, or restore a backup made before the change with `playrail restore DIR --data NEW`',
          zh: '请启动写成它的较新 Playrail，或用 `playrail restore DIR --data NEW` 恢复升级前的备份',
        },
  );
}

/** `postgres (PostgreSQL) 18.4` → `18`. */
async function majorOf(folder: DataFolder, binaries: PostgresBinaries): Promise<string | undefined> {
  const { file, args, ...ids } = runAs(folder.user, binaries.postgres, ['--version']);
  const ran = await runCommand(file, args, {
    cwd: folder.dir,
    deadlineMs: 10_000,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    ...ids,
  });
  return /\(PostgreSQL\) (\d+)/u.exec(ran.out)?.[1];
}

/** What `playrail backup` and `playrail restore` do: the record into a folder, and back. */

import type { Lang, Text } from '../engine/playbook/text.ts';
import { type BackupProgress, backUp } from '../store/backup/backup.ts';
import type { Manifest } from '../store/backup/manifest.ts';
import { BackupRefusal } from '../store/backup/refusal.ts';
import { readBackup, restoreBackup } from '../store/backup/restore.ts';
import { type FileStore, openFileStore } from '../store/files/file-store.ts';
import { reachDatabase } from '../workers/embedded/reach-database.ts';
import { CliExit, EXIT } from './exit-codes.ts';
import { filesPlace } from './files-place.ts';
import { type Say, sayIn, terminalLang } from './lang.ts';

export interface BackupFlags {
  readonly data: string;
  readonly json?: boolean;
  readonly lang?: string;
  readonly replace?: boolean;
}

/** What the database does not hold, and a backup therefore not either. */
const NOT_IN_IT = {
  zh: '不含：签名密钥 audit-key.pem、检查点副本 checkpoints/。请另存别处：它们用来证明备份未被改动',
  en: 'not in it: the signing key `audit-key.pem` and the copies in `checkpoints/`; keep them elsewhere, as they prove that no backup was tampered with',
};

/** @throws CliExit for a refusal, with what to do */
export async function backup(folder: string, flags: BackupFlags): Promise<void> {
  const lang = terminalLang(flags.lang);
  const say = sayIn(lang);
  const manifest = await orRefused(async () => {
    const reached = await reachDatabase(flags.data, tellIn(lang), { mayMake: false });
    const options = { files: filesOf(flags), progress: showProgress() };
    return backUp(reached.databaseUrl, folder, options).finally(reached.close);
  });
  if (flags.json === true) return print(JSON.stringify(manifest, undefined, 2));
  print(say(`已备份 ${rowsOf(manifest)} 行到 ${folder}`, `backed up ${rowsOf(manifest)} rows to ${folder}`));
  printFiles(manifest, say);
  print(NOT_IN_IT[lang]);
}

/** What is no backup is refused before a database is made for it. @throws CliExit for a refusal, with what to do */
export async function restore(folder: string, flags: BackupFlags): Promise<void> {
  const lang = terminalLang(flags.lang);
  const say = sayIn(lang);
  const manifest = await orRefused(async () => {
    const checked = await readBackup(folder);
    const files = filesOf(flags);
    const reached = await reachDatabase(flags.data, tellIn(lang), { mayMake: true });
    const options = { checked, files, replace: flags.replace === true, progress: showProgress() };
    return restoreBackup(reached.databaseUrl, folder, options).finally(reached.close);
  });
  if (flags.json === true) return print(JSON.stringify(manifest, undefined, 2));
  print(
    say(
      `已恢复 ${rowsOf(manifest)} 行（备份于 ${manifest.made_at}）`,
      `restored ${rowsOf(manifest)} rows, backed up at ${manifest.made_at}`,
    ),
  );
  print(
    say(
      '接着：playrail serve；若沿用原来的 Temporal，再运行 playrail recover --after-restore；然后 playrail audit checkpoint --after-restore --local',
      'next: `playrail serve`; where Temporal is the one from before, `playrail recover --after-restore`; then `playrail audit checkpoint --after-restore --local`',
    ),
  );
}

/** @throws CliExit for a refusal, with what to do. */
async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BackupRefusal)) throw error;
    const { text, hint } = error;
    throw new CliExit(EXIT.no, { zh: `${text.zh}\n${hint.zh}`, en: `${text.en}\n${hint.en}` });
  }
}

function tellIn(lang: Lang): (line: Text) => void {
  return (line) => process.stderr.write(`${line[lang]}\n`);
}

/** As `serve` keeps them in this data folder, or where the settings say. @throws SetupError */
function filesOf({ data }: BackupFlags): FileStore {
  return openFileStore(filesPlace(process.env, data));
}

function printFiles({ files }: Manifest, say: Say): void {
  if (files === undefined || files.files + files.missing.length === 0) return;
  if (files.bytes === 'included') print(say(`含上传的文件 ${files.files} 个`, `with ${files.files} uploaded files`));
  else {
    print(
      say(
        `不含上传的 ${files.files} 个文件：它们在存储桶中，请用桶自己的版本与复制`,
        `not in it: the ${files.files} uploaded files, which lie in a bucket; use its own versions and copies`,
      ),
    );
  }
  if (files.missing.length > 0) {
    print(
      say(`不在原处或内容已变的文件：${files.missing.join(', ')}`, `missing or altered: ${files.missing.join(', ')}`),
    );
  }
}

/** A line for each table, kept up to date where it is a terminal. */
function showProgress(): (progress: BackupProgress) => void {
  let last = '';
  return ({ table, rows }) => {
    if (process.stderr.isTTY) process.stderr.write(`${table === last ? '\r' : '\n'}${table}: ${rows}`);
    else if (table !== last) process.stderr.write(`${table}\n`);
    last = table;
  };
}

function rowsOf({ tables }: Manifest): number {
  return tables.reduce((sum, { rows }) => sum + rows, 0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

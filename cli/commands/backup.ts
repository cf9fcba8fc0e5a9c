/** `playrail backup` and `playrail restore`: the record into a folder, and back. */

import type { Command } from 'commander';
import { type Say, sayIn, terminalLang } from '../lang.ts';
import type { BackupFlags } from '../run-backup.ts';
import { DEFAULT_DATA } from '../server-address.ts';

export function registerBackup(program: Command): void {
  const say = sayIn(terminalLang());
  asBackupCommand(program.command('backup'), say)
    .description(
      say(
        '备份全部数据到一个新目录，服务可继续运行',
        'back up the whole record into a new folder, beside the running server',
      ),
    )
    .addHelpText('after', `\n${say('例：', 'Example:')}\n  playrail backup backups/2026-11-25`)
    .action(async (folder: string, flags: BackupFlags) => (await import('../run-backup.ts')).backup(folder, flags));
  asBackupCommand(program.command('restore'), say)
    .description(
      say('从备份恢复到空的数据库或新的数据目录', 'bring a backup back into an empty database or a new data folder'),
    )
    .option('--replace', say('放弃目标中的全部数据', 'give up all that the target holds'))
    .addHelpText('after', `\n${say('例：', 'Example:')}\n  playrail restore backups/2026-11-25 --data restored`)
    .action(async (folder: string, flags: BackupFlags) => (await import('../run-backup.ts')).restore(folder, flags));
}

function asBackupCommand(command: Command, say: Say): Command {
  return command
    .argument('<dir>', say('备份目录', 'folder of the backup'))
    .option(
      '--data <dir>',
      say('数据目录（设有 DATABASE_URL 时用后者）', 'data folder (DATABASE_URL goes before)'),
      `./${DEFAULT_DATA}`,
    )
    .option('--json', say('输出 JSON', 'print JSON'))
    .option('--lang <zh|en>', say('输出语言', 'language of the output'));
}

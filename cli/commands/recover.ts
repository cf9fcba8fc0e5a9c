/** `playrail recover`: fills Temporal again from PostgreSQL, and after a restore ends first what runs there. */

import type { Command } from 'commander';
import { sayIn, terminalLang } from '../lang.ts';
import { DEFAULT_DATA } from '../server-address.ts';

interface RecoverFlags {
  readonly data: string;
  readonly afterRestore?: boolean;
  readonly json?: boolean;
  readonly lang?: string;
}

async function recover(flags: RecoverFlags): Promise<void> {
  const lang = terminalLang(flags.lang);
  const say = sayIn(lang);
  // Loaded here: the other commands need none of the servers.
  const { runRecover } = await import('../serve/run-recover.ts');
  const done = await runRecover({ data: flags.data, isAfterRestore: flags.afterRestore === true }, (line) =>
    process.stderr.write(`${line[lang]}\n`),
  );
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(done, undefined, 2)}\n`);
    return;
  }
  if (flags.afterRestore === true)
    process.stdout.write(`${say(`结束了 ${done.ended} 个旧的运行`, `ended ${done.ended} old runs`)}\n`);
  process.stdout.write(
    `${say(
      `启动了 ${done.started} 个工作流，重新投递 ${done.redelivered} 条消息`,
      `started ${done.started} workflows, sent ${done.redelivered} messages again`,
    )}\n`,
  );
}

export function registerRecover(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('recover')
    .description(
      say(
        '由数据库重新填充 Temporal（恢复备份之后、或换了 Temporal 之后）',
        'fill Temporal again from the database: after a restore, or with another Temporal',
      ),
    )
    .option(
      '--after-restore',
      say(
        '数据库已恢复到较早的时刻：先结束所有旧的运行。请先停止所有 worker',
        'the database was restored to an earlier time: end all old runs first; stop every worker before',
      ),
    )
    .option('--data <dir>', say('数据目录', 'data folder'), `./${DEFAULT_DATA}`)
    .option('--json', say('输出 JSON', 'print JSON'))
    .option('--lang <zh|en>', say('输出语言', 'language of the output'))
    .addHelpText('after', `\n${say('例：', 'Example:')}\n  playrail recover --after-restore --data ./.playrail`)
    .action((flags: RecoverFlags) => recover(flags));
}

/** `playrail serve`: everything in one command, until Ctrl-C. */

import type { Command } from 'commander';
import { sayIn, terminalLang } from '../lang.ts';
import { usualPlaybooks } from '../package-root.ts';
import type { ServeOptions } from '../serve/run-serve.ts';
import { DEFAULT_DATA, DEFAULT_PORT } from '../server-address.ts';
import { parsePort } from './processes.ts';

interface ServeFlags extends ServeOptions {
  readonly lang?: string;
}

export function registerServe(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('serve')
    .description(say('启动一切：数据库、Temporal、执行、接口', 'start everything: database, Temporal, worker, API'))
    .option('--data <dir>', say('数据目录', 'data folder'), `./${DEFAULT_DATA}`)
    .option('--host <host>', say('监听地址', 'address to listen on'), '127.0.0.1')
    .option(
      '--port <port>',
      say(`端口（缺省 ${DEFAULT_PORT}，被占用则顺延）`, `port (${DEFAULT_PORT} or the next free one)`),
      parsePort,
    )
    .option('--playbooks <dir>', say('剧本目录', 'playbook folder'), usualPlaybooks())
    .option('--sample', say('导入样例数据（首次）', 'load the sample data, once'))
    .option('--lang <zh|en>', say('输出语言', 'language of the output'))
    .addHelpText(
      'after',
      `\n${say('例：', 'Example:')}\n  playrail serve --sample\n  playrail serve --data ./.playrail --port 7420`,
    )
    .action(async (flags: ServeFlags) => {
      // Loaded here: the other commands need neither the servers nor the worker, and start faster without.
      const { serveUntilStopped } = await import('../serve/serve-until-stopped.ts');
      await serveUntilStopped(flags, terminalLang(flags.lang));
    });
}

/** `playrail worker`, `playrail api`, `playrail setup`: an installation of several processes, on servers of its own. */

import { type Command, InvalidArgumentError } from 'commander';
import { sayIn, terminalLang } from '../lang.ts';
import { usualPlaybooks } from '../package-root.ts';
import { DEFAULT_PORT } from '../server-address.ts';

interface Flags {
  readonly host: string;
  readonly port: number;
  readonly lang?: string;
}

const WORKER_PORT = 7421;

export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError(
    sayIn(terminalLang())('端口为 1 到 65535 的整数', 'a port is a number from 1 to 65535'),
  );
}

function registerWorker(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('worker')
    .description(say('执行：处理命令、触发时钟；可运行多个', 'take commands and fire clocks; as many as are wanted'))
    .option('--host <host>', say('健康与指标的监听地址', 'address of health and metrics'), '127.0.0.1')
    .option('--port <port>', say('健康与指标的端口', 'port of health and metrics'), parsePort, WORKER_PORT)
    .option('--lang <zh|en>', say('输出语言', 'language of the output'))
    .addHelpText(
      'after',
      `\n${say('例：', 'Example:')}\n  playrail worker --port 7421\n${say('需要 DATABASE_URL 和 TEMPORAL_ADDRESS', 'Needs DATABASE_URL and TEMPORAL_ADDRESS')}`,
    )
    .action(async (flags: Flags) => {
      const { runWorker } = await import('../processes/run-worker.ts');
      const { runUntilStopped } = await import('../processes/until-stopped.ts');
      const start: Parameters<typeof runUntilStopped>[0] = (tell, stops) => runWorker(flags, tell, stops);
      await runUntilStopped(start, { zh: '执行进程', en: 'the worker' }, terminalLang(flags.lang));
    });
}

function registerApi(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('api')
    .description(say('HTTP 接口；可运行多个', 'the HTTP API; as many as are wanted'))
    .option('--host <host>', say('监听地址', 'address to listen on'), '127.0.0.1')
    .option('--port <port>', say('端口', 'port'), parsePort, DEFAULT_PORT)
    .option('--lang <zh|en>', say('输出语言', 'language of the output'))
    .addHelpText(
      'after',
      `\n${say('例：', 'Example:')}\n  playrail api --host 0.0.0.0 --port 7420\n${say('需要 DATABASE_URL 和 TEMPORAL_ADDRESS', 'Needs DATABASE_URL and TEMPORAL_ADDRESS')}`,
    )
    .action(async (flags: Flags) => {
      const { runApi } = await import('../processes/run-api.ts');
      const { runUntilStopped } = await import('../processes/until-stopped.ts');
      const start: Parameters<typeof runUntilStopped>[0] = (tell, stops) => runApi(flags, tell, stops);
      await runUntilStopped(start, { zh: '接口', en: 'the API' }, terminalLang(flags.lang));
    });
}

interface SetupFlags {
  readonly playbooks: string;
  readonly json?: boolean;
  readonly lang?: string;
}

function registerSetup(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('setup')
    .description(
      say(
        '准备数据库、命名空间和管理员，并发布剧本',
        'prepare database, namespace and administrator, and publish playbooks',
      ),
    )
    .option('--playbooks <dir>', say('剧本目录', 'playbook folder'), usualPlaybooks())
    .option('--json', say('输出 JSON', 'print JSON'))
    .option('--lang <zh|en>', say('输出语言', 'language of the output'))
    .addHelpText(
      'after',
      `\n${say('需要至少一个 worker 在运行。例：', 'Needs a worker that runs. Example:')}\n  playrail setup --playbooks ./playbooks`,
    )
    .action(async (flags: SetupFlags) => {
      const lang = terminalLang(flags.lang);
      const tell = sayIn(lang);
      const { setUp } = await import('../processes/set-up.ts');
      const key = await setUp(flags.playbooks, (line) => process.stderr.write(`${line[lang]}\n`), lang);
      if (flags.json === true) process.stdout.write(`${JSON.stringify({ ok: true, ...(key && { key }) })}\n`);
      else if (key !== undefined)
        process.stdout.write(
          `${tell('管理员密钥（只显示这一次）', 'key of the administrator (shown this once)')}: ${key}\n`,
        );
      else process.stdout.write(`${tell('一切就绪', 'all is set up')}\n`);
    });
}

export function registerProcesses(program: Command): void {
  registerWorker(program);
  registerApi(program);
  registerSetup(program);
}

/** `playrail serve`: everything in one command, until Ctrl-C. */

import { type Command, InvalidArgumentError } from 'commander';
import { renderDiagnostics } from '../../engine/language/diagnostics/render.ts';
import { messageOf } from '../../workers/embedded/setup-error.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { readyLines } from '../serve/ready-lines.ts';
import { PlaybookErrors, runServe, type ServeOptions } from '../serve/run-serve.ts';
import { createStops } from '../serve/stops.ts';
import { untilAskedToStop } from '../serve/until-asked-to-stop.ts';
import { DEFAULT_DATA, DEFAULT_PORT } from '../server-address.ts';

interface ServeFlags extends ServeOptions {
  readonly lang?: string;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError(
    sayIn(terminalLang())('端口为 1 到 65535 的整数', 'a port is a number from 1 to 65535'),
  );
}

async function serve(flags: ServeFlags): Promise<void> {
  const lang = terminalLang(flags.lang);
  const say = sayIn(lang);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const stops = createStops((error) => process.stderr.write(`${messageOf(error)}\n`));
  const asked = untilAskedToStop(() => print(say('再按一次 Ctrl-C 强制退出', 'Ctrl-C again to force')));
  const serving = runServe(flags, (line) => print(line[lang]), stops);
  try {
    const first = await Promise.race([asked, serving]);
    if (first !== 'asked') {
      for (const line of await readyLines(first, flags.data, say)) print(line);
      const end = await Promise.race([asked, first.failed]);
      if (end instanceof Error) throw new CliExit(EXIT.fault, { zh: end.message, en: end.message });
    }
    print(say('正在停止', 'stopping'));
  } catch (error) {
    if (!(error instanceof PlaybookErrors)) throw error;
    process.stderr.write(`${renderDiagnostics(error.diagnostics, error.files, lang)}\n`);
    throw new CliExit(EXIT.no, { zh: '剧本有错误，没有启动', en: 'the playbooks have errors: nothing was started' });
  } finally {
    // Stopped in the middle of a start: what is being started now is stopped once it has.
    await serving.catch(() => undefined);
    await stops.run();
  }
  print(say('已停止', 'stopped'));
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
    .option('--playbooks <dir>', say('剧本目录', 'playbook folder'), './playbooks')
    .option('--lang <zh|en>', say('输出语言', 'language of the output'))
    .addHelpText('after', `\n${say('例：', 'Example:')}\n  playrail serve --data ./.playrail --port 7420`)
    .action((flags: ServeFlags) => serve(flags));
}

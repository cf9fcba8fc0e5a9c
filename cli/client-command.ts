/** What every command that talks to the API has in common: its options, its language, how it prints. */

import type { Command } from 'commander';
import type { Lang, Text } from '../engine/playbook/text.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import { type Say, sayIn, terminalLang } from './lang.ts';
import { serverAddress } from './server-address.ts';

export interface ClientContext {
  readonly api: ApiClient;
  readonly lang: Lang;
  readonly say: Say;
  readonly json: boolean;
  /** Columns of the terminal; infinite when the output goes to a file or another program. */
  readonly room: number;
  read(text: Text): string;
  print(...lines: readonly string[]): void;
  printJson(value: unknown): void;
}

interface ClientOptions {
  readonly url?: string;
  readonly key?: string;
  readonly data?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

/** Adds `--json --lang --url --key` and the example at the foot of the help. */
export function asClientCommand(command: Command, example: string): Command {
  const say = sayIn(terminalLang());
  return command
    .option('--json', say('输出 JSON', 'print JSON'))
    .option('--lang <zh|en>', say('输出语言', 'language of the output'))
    .option('--url <url>', say('服务地址（PLAYRAIL_URL）', 'address of the server (PLAYRAIL_URL)'))
    .option('--data <dir>', say('本机服务的数据目录', 'data folder of the server on this machine'))
    .option('--key <key>', say('API 密钥（PLAYRAIL_KEY）', 'API key (PLAYRAIL_KEY)'))
    .addHelpText('after', `\n${say('例：', 'Example:')}\n${example.replace(/^/gm, '  ')}`);
}

export function clientContext(command: Command): ClientContext {
  const options = command.optsWithGlobals<ClientOptions>();
  const lang = terminalLang(options.lang);
  const say = sayIn(lang);
  const print = (...lines: readonly string[]) => process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return {
    api: createApiClient(serverAddress(options), lang),
    lang,
    say,
    json: options.json === true,
    room: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
    read: (text) => text[lang],
    print,
    printJson: (value) => print(JSON.stringify(value, undefined, 2)),
  };
}

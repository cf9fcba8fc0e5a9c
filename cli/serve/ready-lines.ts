/** What `serve` says when everything runs: the address, the key, three things to try. */

import { join } from 'node:path';
import { countCases } from '../../store/list-cases.ts';
import type { Say } from '../lang.ts';
import { CLIENT_FILE, DEFAULT_DATA } from '../server-address.ts';
import type { Serving } from './run-serve.ts';

/** What to add so that the client commands find this server. */
function suffixOf(dataDir: string): string {
  const isUsual = dataDir === DEFAULT_DATA || dataDir === `./${DEFAULT_DATA}`;
  return isUsual ? '' : ` --data ${dataDir}`;
}

export async function readyLines(serving: Serving, dataDir: string, say: Say): Promise<string[]> {
  const { url, adminKey, store } = serving;
  const suffix = suffixOf(dataDir);
  const running = await countCases(store, { finished: false });
  const pipeline = Object.keys(serving.set.rules).sort()[0] ?? '';
  const tries =
    running > 0
      ? [
          [`cases --stalled${suffix}`, say('哪些案件停滞了', 'which cases are stalled')],
          [`inbox${suffix}`, say('收件箱', 'what the rules have to tell you')],
          [`audit verify${suffix}`, say('日志是否完好', 'whether the journal is whole')],
        ]
      : [
          [`open "Acme" --pipeline ${pipeline} --fact amount="50万 CNY"${suffix}`, say('开一个案件', 'open a case')],
          [`cases${suffix}`, say('列出案件', 'list the cases')],
          ['check playbooks', say('检查剧本', 'check the playbooks')],
        ];
  return [
    '',
    say(`Playrail 已就绪：${url}`, `Playrail is ready at ${url}`),
    ...(adminKey === undefined
      ? []
      : [
          say(`管理员密钥（只显示这一次）：${adminKey}`, `administrator key (shown this once): ${adminKey}`),
          say(
            `客户端命令在本目录下会自动使用 ${join(dataDir, CLIENT_FILE)}`,
            `client commands in this folder find it in ${join(dataDir, CLIENT_FILE)}`,
          ),
        ]),
    '',
    say('可以试试（另开一个终端）：', 'Three things to try, in another terminal:'),
    ...tries.map(([command = '', what = '']) => `  npx playrail ${command}    # ${what}`),
    '',
    say('按 Ctrl-C 停止', 'Ctrl-C stops it'),
  ];
}

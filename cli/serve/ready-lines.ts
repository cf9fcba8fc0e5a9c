/** What `serve` says when everything runs: the address, the key, three things to try. */

import { join } from 'node:path';
import { listCases } from '../../store/list-cases.ts';
import type { Say } from '../lang.ts';
import { CLIENT_FILE, DEFAULT_DATA } from '../server-address.ts';
import type { Serving } from './run-serve.ts';

/** What to add so that the client commands find this server. */
function suffixOf(dataDir: string): string {
  const isUsual = dataDir === DEFAULT_DATA || dataDir === `./${DEFAULT_DATA}`;
  return isUsual ? '' : ` --data ${dataDir}`;
}

/** With a case that is stalled, or at least runs, what to look at; else how to begin. */
async function triesFor({ store, set }: Serving, dataDir: string, say: Say): Promise<readonly (readonly string[])[]> {
  const suffix = suffixOf(dataDir);
  const stalled = await listCases(store, { stalled: true }, 1);
  const [first] = stalled.cases.length > 0 ? stalled.cases : (await listCases(store, { finished: false }, 1)).cases;
  if (first !== undefined) {
    return [
      [`cases --stalled${suffix}`, say('哪些案件停滞了', 'which cases are stalled')],
      [`case ${first.id}${suffix}`, say('其中一个，及其时钟', 'one case with its clocks')],
      [`explain ${first.id}${suffix}`, say('它怎样才能前进', 'what would move it on')],
    ];
  }
  const pipelines = Object.values(set.rules).map(({ pipeline }) => pipeline);
  const deals = pipelines.filter(({ subject }) => subject === 'opportunity');
  const [pipeline = ''] = (deals.length > 0 ? deals : pipelines).map((one) => one.pipeline).sort();
  return [
    [
      `open "Acme" --pipeline ${pipeline}${suffix}`,
      say('开一个案件，看看还要什么', 'open a case, and see what it asks for'),
    ],
    [`cases${suffix}`, say('列出案件', 'list the cases')],
    ['check playbooks', say('检查剧本', 'check the playbooks')],
  ];
}

export async function readyLines(serving: Serving, dataDir: string, say: Say): Promise<string[]> {
  const { url, adminKey } = serving;
  const tries = await triesFor(serving, dataDir, say);
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

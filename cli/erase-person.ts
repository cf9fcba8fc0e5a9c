/** `playrail people erase`: shows what would go and what stays; with `--yes` it is done. */

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ErasureView } from '../api/views/erasure-view.ts';
import { asClientCommand, type ClientContext, clientContext } from './client-command.ts';
import { sayIn, terminalLang } from './lang.ts';

interface EraseOptions {
  readonly written?: boolean;
  readonly quoted?: boolean;
  readonly yes?: boolean;
  readonly idempotencyKey?: string;
}

/** Erasures go with the worker's sweep, which comes every minute. */
const PATIENCE_MS = 3 * 60_000;
const ASK_EVERY_MS = 2_000;

export function registerErase(people: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(
    people.command('erase'),
    'playrail people erase liu-wei\nplayrail people erase liu-wei --written --yes',
  )
    .description(
      say(
        '抹除离职人员的个人文字；不带 --yes 只预览',
        'erase the personal texts of somebody who has left; without --yes it only shows what would go',
      ),
    )
    .argument('<person>', say('编号', 'id'))
    .option('--written', say('也抹除此人所写的案件文字', 'also what they wrote about cases'))
    .option('--quoted', say('也抹除他人提及此人的文字', 'also what others wrote that names them'))
    .option('--yes', say('确实抹除，不可撤回', 'do it; it cannot be taken back'))
    .option('--idempotency-key <key>', say('重试时使用上次的密钥', 'the key of the attempt that is repeated'))
    .action((person: string, options: EraseOptions, command: Command) =>
      erase(clientContext(command), person, options),
    );
}

async function erase(context: ClientContext, person: string, options: EraseOptions): Promise<void> {
  const path = `/v1/people/${encodeURIComponent(person)}`;
  const before = await context.api.get<ErasureView>(`${path}/erasure`);
  if (options.yes !== true) {
    if (context.json) context.printJson(before);
    else printPreview(context, before, options);
    return;
  }
  const { written = false, quoted = false } = options;
  const body = { command: 'erase', written, quoted };
  await context.api.post(`${path}/commands`, body, options.idempotencyKey ?? randomUUID());
  const after = await untilDone(context, path);
  if (context.json) return context.printJson(after);
  context.print(
    after.done_at === undefined
      ? context.say(
          '已记入日志；仍在途中的消息过后会一并抹除',
          'it stands in the journal; messages that may still be on their way go within an hour or so',
        )
      : context.say(`已抹除 ${person}`, `${person} is erased`),
  );
}

/** Each time it is asked anew; what is left to do goes on without us. */
async function untilDone(context: ClientContext, path: string): Promise<ErasureView> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const now = await context.api.get<ErasureView>(`${path}/erasure`);
    const isGone = now.found.about === 0 && now.found.named === 0;
    if (now.done_at !== undefined || isGone || Date.now() > deadline) return now;
    await delay(ASK_EVERY_MS);
  }
}

function printPreview(context: ClientContext, view: ErasureView, options: EraseOptions): void {
  const { found, stays } = view;
  const { say } = context;
  const mark = (goes: boolean | undefined): string => (goes === true ? '-' : ' ');
  context.print(
    say('将抹除（- 所示）：', 'Would go (marked -):'),
    `  - ${say('关于此人', 'about them')}: ${found.about}`,
    `  - ${say('系统消息中提及', 'messages that name them')}: ${found.named}`,
    `  ${mark(options.written)} ${say('此人所写', 'written by them')}: ${found.written}`,
    `  ${mark(options.quoted)} ${say('他人提及', 'others naming them')}: ${found.quoted}`,
    `    ${say('链内，无法抹除的条目', 'entries that hold texts in the chain')}: ${found.chained}`,
    say('保留，及原因：', 'Stays, and why:'),
    ...stays.map(({ what, why }) => `  ${context.read(what)}: ${context.read(why)}`),
  );
  if (!view.has_left) context.print(say('此人在职：请先办理离职', 'they have not left: let them leave first'));
  else context.print(say('加 --yes 即抹除，不可撤回', 'with --yes it is done, and cannot be taken back'));
}

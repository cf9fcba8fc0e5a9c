/** `playrail inbox`: what the rules have to say to you. */

import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { InboxItem } from '../../api/views/inbox-view.ts';
import type { Page } from '../../api/wire/shapes.ts';
import { SETTLEMENTS } from '../../engine/person/settlement.ts';
import { placeOf, type Text } from '../../engine/playbook/text.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { type Say, sayIn, terminalLang } from '../lang.ts';
import { clockIn } from '../show-time.ts';
import { printable } from '../text-width.ts';

interface InboxOptions {
  readonly all?: boolean;
  readonly limit: string;
  readonly cursor?: string;
}

function itemLines(item: InboxItem, { lang, say }: ClientContext): string[] {
  const { message } = item;
  const about = message.case === undefined ? '' : `  ${message.case_title ?? ''} (${message.case})`;
  const rule = message.rule === undefined ? '' : `  ${say('规则', 'rule')} ${placeOf(message.rule)}`;
  const isOpen = item.read_at === undefined && item.settled_at === undefined;
  return [
    `${String(item.item).padStart(4)} ${isOpen ? '•' : ' '} ${clockIn().instant(item.received_at)}  ${message.title[lang]}${about}`,
    ...message.text[lang].split('\n').map((line) => `       ${line}`),
    ...(message.items ?? []).map((line) => `       - ${line.case_title} (${line.case}): ${line.text[lang]}`),
    ...(rule === '' ? [] : [`     ${rule}`]),
    ...settledLine(item, say),
  ].map(printable);
}

function settledLine({ settled_at, settled_how }: InboxItem, say: Say): string[] {
  if (settled_at === undefined || settled_how === undefined) return [];
  const { zh, en } = SETTLEMENTS[settled_how];
  return [`       ${say(zh, en)}  ${clockIn().instant(settled_at)}`];
}

/** `inbox read` and `inbox dismiss` differ in what becomes of the items. */
function registerMark(inbox: Command, name: 'read' | 'dismiss', what: [string, string], done: [string, string]): void {
  const say = sayIn(terminalLang());
  asClientCommand(inbox.command(name), `playrail inbox ${name} 12 13`)
    .description(say(...what))
    .argument('<items...>', say('序号', 'numbers of the items'))
    .action(async (items: string[], _options: unknown, command: Command) => {
      const context = clientContext(command);
      const answer = await context.api.post(`/v1/inbox/${name}`, { items: items.map(Number) }, randomUUID());
      if (context.json) context.printJson(answer);
      else context.print(`${items.length} ${context.say(...done)}`);
    });
}

interface Digest {
  readonly at?: string;
  readonly waiting: number;
  readonly lines: readonly { readonly item: number; readonly title: Text }[];
}

function registerDigest(inbox: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(inbox.command('digest'), 'playrail inbox digest')
    .description(say('下一封摘要会说什么、何时发', 'what the next digest will say, and when'))
    .action(async (_options: unknown, command: Command) => {
      const context = clientContext(command);
      const digest = await context.api.get<Digest>('/v1/inbox/digest');
      if (context.json) return context.printJson(digest);
      if (digest.at === undefined)
        return context.print(context.say('没有等待摘要的消息', 'nothing waits for a digest'));
      const when = clockIn().instant(digest.at);
      context.print(context.say(`${when} 发出 ${digest.waiting} 条`, `${digest.waiting} items, sent at ${when}`));
      for (const { item, title } of digest.lines) {
        context.print(printable(`${String(item).padStart(4)}   ${context.read(title)}`));
      }
    });
}

export function registerInbox(program: Command): void {
  const say = sayIn(terminalLang());
  const inbox = asClientCommand(program.command('inbox'), 'playrail inbox\nplayrail inbox read 12 13')
    .description(say('查看收件箱', 'show your inbox'))
    .option('--all', say('包括已读和已了结的', 'with what is read or settled already'))
    .option('--limit <n>', say('每页条数', 'items per page'), '50')
    .option('--cursor <cursor>', say('下一页', 'the page after this cursor'))
    .action(async (options: InboxOptions, command: Command) => {
      const context = clientContext(command);
      const { limit, cursor } = options;
      const query = { limit, cursor, unread: options.all === true ? undefined : 'true' };
      const page = await context.api.get<Page<InboxItem>>('/v1/inbox', query);
      if (context.json) return context.printJson(page);
      if (page.items.length === 0) return context.print(context.say('没有未读消息', 'nothing new'));
      for (const item of page.items) context.print(...itemLines(item, context));
      if (page.next_cursor !== undefined) context.print(`--cursor ${page.next_cursor}`);
    });
  registerMark(inbox, 'read', ['标为已读', 'mark items read'], ['条已读', 'marked read']);
  registerMark(
    inbox,
    'dismiss',
    ['了结：不再出现在摘要里', 'be done with items: no digest speaks of them'],
    ['条已了结', 'dismissed'],
  );
  registerDigest(inbox);
}

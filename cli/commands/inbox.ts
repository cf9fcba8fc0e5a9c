/** `playrail inbox`: what the rules have to say to you. */

import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { InboxItem } from '../../api/views/inbox-view.ts';
import type { Page } from '../../api/wire/shapes.ts';
import { placeOf } from '../../engine/playbook/text.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
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
  return [
    `${String(item.item).padStart(4)} ${item.read_at === undefined ? '•' : ' '} ${clockIn().instant(item.received_at)}  ${message.title[lang]}${about}`,
    ...message.text[lang].split('\n').map((line) => `       ${line}`),
    ...(message.items ?? []).map((line) => `       - ${line.case_title} (${line.case}): ${line.text[lang]}`),
    ...(rule === '' ? [] : [`     ${rule}`]),
  ].map(printable);
}

export function registerInbox(program: Command): void {
  const say = sayIn(terminalLang());
  const inbox = asClientCommand(program.command('inbox'), 'playrail inbox\nplayrail inbox read 12 13')
    .description(say('查看收件箱', 'show your inbox'))
    .option('--all', say('包括已读', 'with what is read already'))
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
  asClientCommand(inbox.command('read'), 'playrail inbox read 12 13')
    .description(say('标为已读', 'mark items read'))
    .argument('<items...>', say('序号', 'numbers of the items'))
    .action(async (items: string[], _options: unknown, command: Command) => {
      const context = clientContext(command);
      const answer = await context.api.post('/v1/inbox/read', { items: items.map(Number) }, randomUUID());
      if (context.json) context.printJson(answer);
      else context.print(context.say(`已读 ${items.length} 条`, `${items.length} marked read`));
    });
}

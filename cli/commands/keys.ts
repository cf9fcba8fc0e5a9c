/** `playrail keys`: API keys, each bound to one person. */

import type { Command } from 'commander';
import type { KeyView, NewKey } from '../../api/views/key-view.ts';
import { asClientCommand, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { clockIn } from '../show-time.ts';
import { tableLines } from '../table.ts';

function registerCreate(keys: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(keys.command('create'), 'playrail keys create liu-wei --label laptop')
    .description(say('为一个人生成密钥（只显示一次）', 'make a key for a person (shown once)'))
    .argument('<person>', say('编号', 'whose key'))
    .option('--label <text>', say('用途', 'what it is for'))
    .action(async (person: string, options: { readonly label?: string }, command: Command) => {
      const context = clientContext(command);
      const made = await context.api.post<NewKey>('/v1/keys', { person, label: options.label });
      if (context.json) context.printJson(made);
      else context.print(made.key);
    });
}

function registerList(keys: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(keys.command('list'), 'playrail keys list')
    .description(say('列出密钥', 'list keys'))
    .action(async (_options: unknown, command: Command) => {
      const context = clientContext(command);
      const page = await context.api.get<{ items: readonly KeyView[] }>('/v1/keys');
      if (context.json) return context.printJson(page);
      const columns = [
        { head: 'ID', cell: (row: KeyView) => row.id },
        { head: context.say('人员', 'PERSON'), cell: (row: KeyView) => row.person },
        { head: context.say('用途', 'LABEL'), cell: (row: KeyView) => row.label },
        { head: context.say('生成于', 'CREATED'), cell: (row: KeyView) => clockIn().instant(row.created_at) },
        {
          head: context.say('吊销于', 'REVOKED'),
          cell: (row: KeyView) => (row.revoked_at === undefined ? '' : clockIn().instant(row.revoked_at)),
        },
      ];
      context.print(...tableLines(columns, page.items, context.room));
    });
}

function registerRevoke(keys: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(keys.command('revoke'), 'playrail keys revoke 3f9a0c51d2e4')
    .description(say('吊销一个密钥', 'revoke a key'))
    .argument('<id>', say('keys list 所列的编号', 'its id in `keys list`'))
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = clientContext(command);
      await context.api.remove(`/v1/keys/${encodeURIComponent(id)}`);
      if (context.json) context.printJson({ revoked: id });
      else context.print(context.say(`已吊销 ${id}`, `revoked ${id}`));
    });
}

export function registerKeys(program: Command): void {
  const say = sayIn(terminalLang());
  const keys = program
    .command('keys')
    .description(say('API 密钥', 'API keys'))
    .addHelpText('after', `\n${say('例：', 'Example:')}\n  playrail keys create liu-wei`);
  registerCreate(keys);
  registerList(keys);
  registerRevoke(keys);
}

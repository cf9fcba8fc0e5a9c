/** `playrail people`: who holds which post and reports to whom. */

import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Person } from '../../engine/who/people.ts';
import { asClientCommand, clientContext } from '../client-command.ts';
import { registerErase } from '../erase-person.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { tableLines } from '../table.ts';

interface AddOptions {
  readonly name: string;
  readonly role: string;
  readonly manager?: string;
  readonly region?: string;
  readonly email?: string;
  readonly speaks?: string;
  readonly idempotencyKey?: string;
}

export function registerPeople(program: Command): void {
  const say = sayIn(terminalLang());
  const people = asClientCommand(program.command('people'), 'playrail people --role manager')
    .description(say('列出人员', 'list people'))
    .option('--role <role>', say('岗位', 'post'))
    .action(async (options: { readonly role?: string }, command: Command) => {
      const context = clientContext(command);
      const page = await context.api.get<{ items: readonly Person[] }>('/v1/people', { role: options.role });
      if (context.json) return context.printJson(page);
      const names = new Map(page.items.map((person) => [person.person, person.name]));
      const columns = [
        { head: context.say('编号', 'PERSON'), cell: (row: Person) => row.person },
        { head: context.say('姓名', 'NAME'), cell: (row: Person) => row.name, shrinks: true },
        { head: context.say('岗位', 'ROLE'), cell: (row: Person) => row.role },
        {
          head: context.say('上级', 'REPORTS TO'),
          cell: (row: Person) => (row.manager === undefined ? '' : (names.get(row.manager) ?? row.manager)),
        },
        { head: context.say('地区', 'REGION'), cell: (row: Person) => row.region ?? '' },
      ];
      context.print(...tableLines(columns, page.items, context.room));
    });
  asClientCommand(people.command('add'), 'playrail people add liu-wei --name 刘伟 --role rep --manager zhang-min')
    .description(say('加入一个人', 'let somebody join'))
    .argument('<person>', say('编号', 'id'))
    .requiredOption('--name <name>', say('姓名', 'name'))
    .requiredOption('--role <role>', say('岗位', 'post'))
    .option('--manager <person>', say('上级', 'whom they report to'))
    .option('--region <region>', say('地区', 'region'))
    .option('--email <address>', say('邮箱', 'mail address'))
    .option('--speaks <zh|en>', say('消息的语言', 'language of their messages'))
    .option('--idempotency-key <key>', say('重试时使用上次的密钥', 'the key of the attempt that is repeated'))
    .action(async (person: string, options: AddOptions, command: Command) => {
      const context = clientContext(command);
      const { name, role, manager, region, email, speaks } = options;
      const body = { person, name, role, manager, region, email, lang: speaks };
      const answer = await context.api.post('/v1/people', body, options.idempotencyKey ?? randomUUID());
      if (context.json) context.printJson(answer);
      else context.print(context.say(`${name}（${person}）已加入`, `${name} (${person}) has joined`));
    });
  registerErase(people);
}

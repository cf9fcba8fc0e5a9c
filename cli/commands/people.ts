/** `playrail people`: who holds which post, reports to whom, is away, comes and goes. */

import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { PersonDetail, PersonVersion } from '../../api/views/person-view.ts';
import type { Person } from '../../engine/who/people.ts';
import { reasonOf } from '../api-client.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { registerErase } from '../erase-person.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { personLines } from '../person-lines.ts';
import { clockIn } from '../show-time.ts';
import { tableLines } from '../table.ts';
import { registerPeopleImport } from './people-import.ts';

interface ProfileOptions {
  readonly name?: string;
  readonly role?: string;
  readonly manager?: string;
  readonly region?: string;
  readonly inPostSince?: string;
  readonly email?: string;
  readonly speaks?: string;
  readonly idempotencyKey?: string;
}

const KEY_OPTION = '--idempotency-key <key>';

function withKey(command: Command): Command {
  const say = sayIn(terminalLang());
  return command.option(KEY_OPTION, say('重试时使用上次的密钥', 'the key of the attempt that is repeated'));
}

export function registerPeople(program: Command): void {
  const people = listing(program.command('people'), 'playrail people --role manager');
  listing(people.command('list'), 'playrail people list --left');
  registerShow(people);
  registerAdd(people);
  registerChange(people);
  registerAbsent(people);
  registerBack(people);
  registerLeave(people);
  registerPeopleImport(people);
  registerHistory(people);
  registerErase(people);
}

/** `playrail people` and `playrail people list` are the same. */
function listing(command: Command, example: string): Command {
  const say = sayIn(terminalLang());
  return asClientCommand(command, example)
    .description(say('列出人员', 'list people'))
    .option('--role <role>', say('岗位', 'post'))
    .option('--left', say('已离职的', 'those who have left'))
    .action(async (options: { readonly role?: string; readonly left?: boolean }, given: Command) => {
      const context = clientContext(given);
      const query = { role: options.role, ...(options.left === true && { active: 'false' }) };
      const page = await context.api.get<{ items: readonly Person[] }>('/v1/people', query);
      if (context.json) return context.printJson(page);
      const names = new Map(page.items.map((person) => [person.person, person.name]));
      const now = new Date().toISOString();
      const columns = [
        { head: context.say('编号', 'PERSON'), cell: (row: Person) => row.person },
        { head: context.say('姓名', 'NAME'), cell: (row: Person) => row.name, shrinks: true },
        { head: context.say('岗位', 'ROLE'), cell: (row: Person) => row.role },
        {
          head: context.say('上级', 'REPORTS TO'),
          cell: (row: Person) => (row.manager === undefined ? '' : (names.get(row.manager) ?? row.manager)),
        },
        { head: context.say('地区', 'REGION'), cell: (row: Person) => row.region ?? '' },
        {
          head: context.say('不在至', 'AWAY UNTIL'),
          cell: (row: Person) => row.absences?.find(({ from, until }) => from <= now && now < until)?.last_day ?? '',
        },
      ];
      context.print(...tableLines(columns, page.items, context.room));
    });
}

function registerShow(people: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(people.command('show'), 'playrail people show ann')
    .description(say('一个人：岗位、缺勤、谁代理', 'one person: post, absences, who steps in'))
    .argument('<person>', say('编号', 'id'))
    .action(async (person: string, _options: unknown, command: Command) => {
      const context = clientContext(command);
      const detail = await context.api.get<PersonDetail>(`/v1/people/${encodeURIComponent(person)}`);
      if (context.json) context.printJson(detail);
      else context.print(...personLines(detail, context));
    });
}

function registerAdd(people: Command): void {
  const say = sayIn(terminalLang());
  const add = people.command('add');
  withKey(asClientCommand(add, 'playrail people add liu-wei --name 刘伟 --role rep --manager zhang-min'))
    .description(say('加入一个人', 'let somebody join'))
    .argument('<person>', say('编号', 'id'))
    .requiredOption('--name <name>', say('姓名', 'name'))
    .requiredOption('--role <role>', say('岗位', 'post'))
    .option('--manager <person>', say('上级', 'whom they report to'))
    .option('--region <region>', say('地区', 'region'))
    .option('--email <address>', say('邮箱', 'mail address'))
    .option('--speaks <zh|en>', say('消息的语言', 'language of their messages'))
    .option('--in-post-since <day>', say('到岗日', 'the day they came into their post'))
    .action(async (person: string, options: ProfileOptions, command: Command) => {
      const context = clientContext(command);
      const { name, role, manager, region, email, speaks, inPostSince: in_post_since } = options;
      const body = { person, name, role, manager, region, email, lang: speaks, in_post_since };
      const answer = await context.api.post('/v1/people', body, options.idempotencyKey ?? randomUUID());
      if (context.json) context.printJson(answer);
      else context.print(context.say(`${name}（${person}）已加入`, `${name} (${person}) has joined`));
    });
}

function registerChange(people: Command): void {
  const say = sayIn(terminalLang());
  const none = say('`none` 表示没有', '`none` for nobody');
  withKey(asClientCommand(people.command('change'), 'playrail people change liu-wei --role manager --manager none'))
    .description(say('更改岗位、上级等', 'change post, manager and the like'))
    .argument('<person>', say('编号', 'id'))
    .option('--name <name>', say('姓名', 'name'))
    .option('--role <role>', say('岗位', 'post'))
    .option('--manager <person>', `${say('上级', 'whom they report to')}; ${none}`)
    .option('--region <region>', `${say('地区', 'region')}; ${say('`none` 表示没有', '`none` for none')}`)
    .option('--email <address>', `${say('邮箱', 'mail address')}; ${say('`none` 表示没有', '`none` for none')}`)
    .option('--speaks <zh|en>', say('消息的语言', 'language of their messages'))
    .option('--in-post-since <day>', say('到岗日', 'the day they came into their post'))
    .action(async (person: string, options: ProfileOptions, command: Command) => {
      const { name, role, manager, region, email, speaks: lang, inPostSince: in_post_since, idempotencyKey } = options;
      const body = {
        command: 'change',
        name,
        role,
        manager: orNull(manager),
        region: orNull(region),
        email: orNull(email),
        lang,
        in_post_since,
      };
      await give(clientContext(command), person, body, idempotencyKey, [`${person} 已更改`, `${person} is changed`]);
    });
}

function orNull(text: string | undefined): string | null | undefined {
  return text === 'none' ? null : text;
}

interface AbsentOptions {
  readonly from?: string;
  readonly to: string;
  readonly substitutes?: string;
  readonly reason?: string;
  readonly idempotencyKey?: string;
}

function registerAbsent(people: Command): void {
  const say = sayIn(terminalLang());
  const example = 'playrail people absent ann --from 2026-12-01 --to 2026-12-11 --substitutes ben,cleo';
  withKey(asClientCommand(people.command('absent'), example))
    .description(say('设定缺勤与代理人', 'set an absence, and who steps in'))
    .argument('<person>', say('编号', 'id'))
    .option('--from <day>', say('第一天，缺省今天', 'first day; today when absent'))
    .requiredOption('--to <day>', say('最后一天', 'last day'))
    .option('--substitutes <people>', say('代理人，按先后，逗号分隔', 'who steps in, in order, separated by commas'))
    .option(
      '--reason <text>',
      say('原因，只有本人、上级和管理员可见', 'why; for the person, those above, administrators'),
    )
    .action(async (person: string, options: AbsentOptions, command: Command) => {
      const substitutes = options.substitutes
        ?.split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '');
      const body = {
        command: 'set_absence',
        first_day: options.from ?? clockIn().instant(new Date().toISOString()).slice(0, 10),
        last_day: options.to,
        substitutes,
        reason: options.reason,
      };
      const done = [
        `${person} 不在：${body.first_day} 至 ${body.last_day}`,
        `${person} is away from ${body.first_day} to ${body.last_day}`,
      ] as const;
      await give(clientContext(command), person, body, options.idempotencyKey, done);
    });
}

interface BackOptions {
  readonly absence?: string;
  readonly idempotencyKey?: string;
}

function registerBack(people: Command): void {
  const say = sayIn(terminalLang());
  withKey(asClientCommand(people.command('back'), 'playrail people back ann'))
    .description(say('缺勤或离职取消：回来了', 'back: the absence, or the leaving, is over'))
    .argument('<person>', say('编号', 'id'))
    .option('--absence <id>', say('取消哪一次缺勤，缺省最近的', 'which absence is cancelled; the earliest when absent'))
    .action(async (person: string, { absence, idempotencyKey }: BackOptions, command: Command) => {
      const context = clientContext(command);
      const detail = await context.api.get<PersonDetail>(`/v1/people/${encodeURIComponent(person)}`);
      const which = absence ?? detail.absences?.[0]?.absence;
      const isLeaving = !detail.active || (absence === undefined && detail.leaves !== undefined);
      const body =
        isLeaving || which === undefined ? { command: 'return' } : { command: 'cancel_absence', absence: which };
      await give(context, person, body, idempotencyKey, [`${detail.name} 回来了`, `${detail.name} is back`]);
    });
}

interface LeaveOptions {
  readonly on?: string;
  readonly successor?: string;
  readonly idempotencyKey?: string;
}

function registerLeave(people: Command): void {
  const say = sayIn(terminalLang());
  withKey(asClientCommand(people.command('leave'), 'playrail people leave ann --on 2027-01-01 --successor ben'))
    .description(
      say('离职：案件、任务和待办交给接手人或上级', 'have somebody leave: cases, tasks and questions go to others'),
    )
    .argument('<person>', say('编号', 'id'))
    .option('--on <day>', say('从哪天起，缺省现在', 'from which day; now when absent'))
    .option('--successor <person>', say('接手人，缺省上级', 'who takes over; whoever stands above when absent'))
    .action(async (person: string, { on, successor, idempotencyKey }: LeaveOptions, command: Command) => {
      const done =
        on === undefined
          ? ([`${person} 已离职`, `${person} has left`] as const)
          : ([`${person} 将于 ${on} 离职`, `${person} leaves on ${on}`] as const);
      await give(clientContext(command), person, { command: 'leave', on, successor }, idempotencyKey, done);
    });
}

function registerHistory(people: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(people.command('history'), 'playrail people history ann')
    .description(say('一个人历来的岗位、上级和缺勤', 'how somebody stood before'))
    .argument('<person>', say('编号', 'id'))
    .action(async (person: string, _options: unknown, command: Command) => {
      const context = clientContext(command);
      const page = await context.api.get<{ items: readonly PersonVersion[] }>(
        `/v1/people/${encodeURIComponent(person)}/history`,
      );
      if (context.json) return context.printJson(page);
      const columns = [
        { head: context.say('自', 'SINCE'), cell: (row: PersonVersion) => clockIn().instant(row.since) },
        { head: context.say('版本', 'VERSION'), cell: (row: PersonVersion) => String(row.version), right: true },
        { head: context.say('姓名', 'NAME'), cell: (row: PersonVersion) => row.name, shrinks: true },
        { head: context.say('岗位', 'ROLE'), cell: (row: PersonVersion) => row.role },
        { head: context.say('上级', 'REPORTS TO'), cell: (row: PersonVersion) => row.manager ?? '' },
        { head: context.say('状态', 'STANDING'), cell: (row: PersonVersion) => standing(row, context) },
      ];
      context.print(...tableLines(columns, page.items, context.room));
    });
}

function standing({ active, absences = [] }: PersonVersion, { say }: ClientContext): string {
  if (!active) return say('已离职', 'left');
  const days = absences.map(({ first_day, last_day }) => `${first_day}..${last_day}`);
  return days.length === 0 ? '' : say(`不在 ${days.join(' ')}`, `away ${days.join(' ')}`);
}

/** Sends a command about somebody and says what came of it. */
async function give(
  context: ClientContext,
  person: string,
  body: object,
  key: string | undefined,
  [zh, en]: readonly [string, string],
): Promise<void> {
  const path = `/v1/people/${encodeURIComponent(person)}/commands`;
  const answer = await context.api.post<{ warnings: readonly unknown[] }>(path, body, key ?? randomUUID());
  if (context.json) return context.printJson(answer);
  context.print(context.say(zh, en));
  for (const warning of answer.warnings) context.print(`  ${context.read(reasonOf(warning).message)}`);
}

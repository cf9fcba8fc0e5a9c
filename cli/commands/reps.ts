/** `playrail reps`, `rep ID`, `goals ID`: those one leads, what coaching is under way, how far goals have come. */

import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { PacketView } from '../../api/routes/rep-packet.ts';
import type { DutyView } from '../../api/views/duty-view.ts';
import type { GoalView, RepRow, RepView, SessionView } from '../../api/views/rep-view.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { goalLines, reasonLines, sessionLine } from '../coaching-lines.ts';
import { dutyRecordLines } from '../duty-lines.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { packetLines } from '../packet-lines.ts';
import { type Column, tableLines } from '../table.ts';
import { printable } from '../text-width.ts';

function columnsOf({ say }: ClientContext): Column<RepRow>[] {
  const count = (number: number): string => (number === 0 ? '' : String(number));
  return [
    { head: say('编号', 'ID'), cell: ({ person }) => person },
    { head: say('姓名', 'NAME'), cell: ({ name }) => name, shrinks: true },
    { head: say('岗位', 'ROLE'), cell: ({ role }) => role },
    { head: say('辅导人', 'COACH'), cell: ({ coach }) => coach.map(({ name }) => name).join(', '), shrinks: true },
    { head: say('辅导', 'COACHING'), cell: ({ sessions }) => count(sessions), right: true },
    { head: say('等你', 'YOUR TURN'), cell: ({ waits_for_you: waits }) => count(waits), right: true },
    { head: say('目标', 'GOALS'), cell: ({ goals }) => count(goals), right: true },
  ];
}

async function listReps(context: ClientContext): Promise<void> {
  const found = await context.api.get<{ readonly items: readonly RepRow[] }>('/v1/reps');
  if (context.json) return context.printJson(found);
  if (found.items.length === 0) return context.print(context.say('没有你带的销售人员', 'you lead no reps'));
  context.print(...tableLines(columnsOf(context), found.items, context.room));
}

interface RepOptions {
  readonly all?: boolean;
  readonly packet?: boolean;
  readonly duties?: boolean;
}

async function showRep(id: string, { all, packet, duties }: RepOptions, context: ClientContext): Promise<void> {
  const path = `/v1/reps/${encodeURIComponent(id)}`;
  if (duties) {
    const found = await context.api.get<{ readonly items: readonly DutyView[] }>(`${path}/duties`);
    return context.json
      ? context.printJson(found)
      : context.print(...dutyRecordLines(found.items, context).map(printable));
  }
  if (packet) {
    const found = await context.api.get<PacketView>(`${path}/packet`);
    return context.json ? context.printJson(found) : context.print(...packetLines(found, context).map(printable));
  }
  const rep = await context.api.get<RepView>(path);
  const sessions = all
    ? (await context.api.get<{ readonly items: readonly SessionView[] }>(`${path}/coaching`)).items
    : rep.sessions;
  if (context.json) return context.printJson({ ...rep, sessions });
  const { say, lang } = context;
  const coach = rep.coach.map(({ name }) => name).join(', ');
  const lines = [
    `${rep.name} (${rep.person})  ${rep.role}  ${say('辅导人', 'coached by')} ${coach}`,
    ...(rep.you_see === 'all'
      ? []
      : [say('（只看到在辅导，看不到内容）', '(you see that coaching happens, not what was said)')]),
    '',
    say('辅导', 'Coaching'),
    ...(sessions.length === 0
      ? [`  ${say('没有', 'none')}`]
      : sessions.flatMap((one) =>
          [sessionLine(one, context), ...reasonLines(one, context)].map((line) => `  ${line}`),
        )),
    '',
    say('目标与约定', 'Goals and agreements'),
    ...(rep.goals.length === 0
      ? [`  ${say('没有', 'none')}`]
      : rep.goals.flatMap((one) => goalLines(one, context).map((line) => `  ${line}`))),
    '',
    `${say('可以开始', 'Can be begun')}: ${rep.flows.map(({ coaching, title }) => `${coaching} (${title[lang]})`).join(', ')}`,
  ];
  context.print(...lines.map(printable));
}

interface GoalsOptions {
  readonly judge?: string;
  readonly kept?: 'yes' | 'no';
  readonly note?: string;
}

async function goalsOf(id: string, options: GoalsOptions, context: ClientContext): Promise<void> {
  const path = `/v1/reps/${encodeURIComponent(id)}`;
  if (options.judge !== undefined) {
    if (options.kept === undefined) {
      throw new CliExit(EXIT.usage, { zh: '用 --kept yes 或 --kept no 说明', en: 'say --kept yes or --kept no' });
    }
    const note = options.note === undefined ? {} : { note: options.note };
    const body = { command: 'judge_goal', goal: options.judge, kept: options.kept === 'yes', ...note };
    await context.api.post(`${path}/commands`, body, randomUUID());
  }
  const found = await context.api.get<{ readonly items: readonly GoalView[] }>(`${path}/goals`);
  if (context.json) return context.printJson(found);
  if (found.items.length === 0) return context.print(context.say('没有目标', 'no goals'));
  context.print(...found.items.flatMap((one) => goalLines(one, context)).map(printable));
}

export function registerReps(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('reps'), 'playrail reps')
    .description(say('你带的销售人员：辅导、目标、等你的', 'those you lead: coaching, goals, what waits for you'))
    .action((_options: unknown, command: Command) => listReps(clientContext(command)));
  asClientCommand(
    program.command('rep'),
    'playrail rep "Anna Snelling" --all\nplayrail rep "Anna Snelling" --packet\nplayrail rep "Anna Snelling" --duties',
  )
    .description(say('一位销售人员的辅导与目标', 'coaching and goals of one rep'))
    .argument('<person>', say('编号或姓名', 'id or name'))
    .option('--all', say('也列已结束的辅导', 'coaching that has ended too'))
    .option('--duties', say('例行事项：未完成的，和以前怎样结束', 'duties: open ones, and how earlier ones ended'))
    .option(
      '--packet',
      say(
        '复盘用的材料：目标、指标、发现、商机、约定、例行事项',
        'what a review begins from: goals, figures, findings, deals, agreements, duties',
      ),
    )
    .action((id: string, options: RepOptions, command: Command) => showRep(id, options, clientContext(command)));
  asClientCommand(
    program.command('goals'),
    'playrail goals "Anna Snelling"\nplayrail goals "Anna Snelling" --judge g2 --kept yes',
  )
    .description(say('目标与约定：走了多远，怎样结束', 'goals and agreements: how far they have come, how they ended'))
    .argument('<person>', say('编号或姓名', 'id or name'))
    .option('--judge <goal>', say('评定一项约定', 'say of an agreement whether it was kept'))
    .addOption(new Option('--kept <yes|no>', say('做到没有', 'whether it was kept')).choices(['yes', 'no']))
    .option('--note <text>', say('备注', 'a note'))
    .action((id: string, options: GoalsOptions, command: Command) => goalsOf(id, options, clientContext(command)));
}

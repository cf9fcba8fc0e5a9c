/** `playrail gates`: the gates, and what those that are being tried out would have stopped. */

import type { Command } from 'commander';
import type { GateView, NotedMoveView } from '../../api/routes/gates.ts';
import type { Page } from '../../api/wire/shapes.ts';
import type { Query } from '../api-client.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { wholeMoney } from '../money-text.ts';
import { clockIn } from '../show-time.ts';
import { type Column, tableLines } from '../table.ts';

interface GatesOptions {
  readonly gate?: string;
  readonly owner?: string;
  readonly manager?: string;
  readonly since?: string;
  readonly limit: string;
  readonly cursor?: string;
}

function total(gate: GateView, of: (noted: GateView['noted'][number]) => number): string {
  const sum = gate.noted.reduce((so, one) => so + of(one), 0);
  return sum === 0 ? '' : String(sum);
}

function gateColumns({ say, lang }: ClientContext): Column<GateView>[] {
  return [
    { head: say('关口', 'GATE'), cell: (row) => row.gate },
    { head: say('名称', 'TITLE'), cell: (row) => row.title[lang], shrinks: true },
    { head: say('把守', 'AT'), cell: (row) => row.at },
    { head: say('方式', 'MODE'), cell: (row) => row.mode },
    { head: say('本会拦下', 'WOULD HAVE STOPPED'), cell: (row) => total(row, ({ moves }) => moves), right: true },
    { head: say('案件', 'CASES'), cell: (row) => total(row, ({ cases }) => cases), right: true },
    {
      head: say('金额', 'AMOUNT'),
      cell: (row) =>
        row.noted
          .flatMap(({ amount_minor: minor, currency }) => (currency === undefined ? [] : [wholeMoney(minor, currency)]))
          .join(' + '),
      right: true,
    },
  ];
}

function moveColumns({ say }: ClientContext): Column<NotedMoveView>[] {
  const face = clockIn();
  return [
    { head: say('时间', 'WHEN'), cell: (row) => face.instant(row.at) },
    { head: say('案件', 'CASE'), cell: (row) => row.case },
    { head: say('名称', 'TITLE'), cell: (row) => row.title, shrinks: true },
    { head: say('负责人', 'OWNER'), cell: (row) => row.owner.name, shrinks: true },
    { head: say('谁做的', 'BY'), cell: (row) => row.actor.name, shrinks: true },
    { head: say('命令', 'COMMAND'), cell: (row) => row.command },
    { head: say('日志', 'ENTRY'), cell: (row) => String(row.entry), right: true },
  ];
}

async function printMoves(gate: string, query: Query, context: ClientContext): Promise<void> {
  const page = await context.api.get<Page<NotedMoveView>>(`/v1/gates/${encodeURIComponent(gate)}/noted`, query);
  if (context.json) return context.printJson(page);
  if (page.items.length === 0) return context.print(context.say('什么也不会拦下', 'it would have stopped nothing'));
  context.print(...tableLines(moveColumns(context), page.items, context.room));
  const { next_cursor: next } = page;
  if (next !== undefined) context.print(context.say(`还有更多：--cursor ${next}`, `there are more: --cursor ${next}`));
}

export function registerGates(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('gates'), 'playrail gates\nplayrail gates --gate closing-ready')
    .description(
      say(
        '各个关口；试行的（shadow、warn）本会拦下什么',
        'the gates, and what those in shadow or warn would have stopped',
      ),
    )
    .option('--gate <id>', say('只看一个关口拦下的每一步', 'each move that this gate would have stopped'))
    .option('--owner <person>', say('负责人（编号或姓名）', 'owner (id or name)'))
    .option('--manager <person>', say('经理及其团队（编号或姓名）', 'manager, with the whole team (id or name)'))
    .option(
      '--since <instant>',
      say('从何时起，如 2026-10-20T01:00:00.000Z', 'from when on, such as 2026-10-20T01:00:00.000Z'),
    )
    .option('--limit <n>', say('每页条数', 'moves per page'), '50')
    .option('--cursor <cursor>', say('下一页', 'the page after this cursor'))
    .action(async ({ gate, owner, manager, since, limit, cursor }: GatesOptions, command: Command) => {
      const context = clientContext(command);
      if (gate !== undefined) return printMoves(gate, { owner, manager, since, limit, cursor }, context);
      const found = await context.api.get<{ readonly items: readonly GateView[] }>('/v1/gates', {
        owner,
        manager,
        since,
      });
      if (context.json) context.printJson(found);
      else context.print(...tableLines(gateColumns(context), found.items, context.room));
    });
}

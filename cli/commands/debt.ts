/** `playrail debt`: what is owed, by rep, stage or pipeline, in number and money. */

import { type Command, Option } from 'commander';
import type { DebtList, DebtView } from '../../api/routes/debt.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { wholeMoney } from '../money-text.ts';
import { type Column, tableLines } from '../table.ts';

interface DebtOptions {
  readonly by: DebtBy;
  readonly owner?: string;
  readonly manager?: string;
}

type DebtBy = 'rep' | 'stage' | 'pipeline';

function count(number: number): string {
  return number === 0 ? '' : String(number);
}

function money(minor: number, { currency }: DebtView): string {
  return currency === undefined || minor === 0 ? '' : wholeMoney(minor, currency);
}

function columnsOf(by: DebtBy, { say, lang }: ClientContext): Column<DebtView>[] {
  const pipeline: Column<DebtView> = {
    head: say('流程', 'PIPELINE'),
    cell: (row) => row.pipeline_title?.[lang] ?? '',
    shrinks: true,
  };
  const place: Readonly<Record<DebtBy, readonly Column<DebtView>[]>> = {
    rep: [{ head: say('负责人', 'OWNER'), cell: (row) => row.owner?.name ?? '', shrinks: true }],
    stage: [pipeline, { head: say('阶段', 'STAGE'), cell: (row) => row.stage_title?.[lang] ?? '', shrinks: true }],
    pipeline: [pipeline],
  };
  return [
    ...place[by],
    { head: say('案件', 'CASES'), cell: (row) => count(row.cases), right: true },
    { head: say('欠项', 'OWED'), cell: (row) => count(row.debts), right: true },
    { head: say('逾期', 'OVERDUE'), cell: (row) => count(row.overdue), right: true },
    { head: say('金额', 'AMOUNT'), cell: (row) => money(row.amount_minor, row), right: true },
    { head: say('逾期金额', 'OVERDUE AMOUNT'), cell: (row) => money(row.overdue_minor, row), right: true },
    { head: say('未经把关', 'UNGATED'), cell: (row) => count(row.ungated), right: true },
    { head: say('未经把关金额', 'UNGATED AMOUNT'), cell: (row) => money(row.ungated_minor, row), right: true },
  ];
}

export function registerDebt(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('debt'), 'playrail debt --by stage --manager "Dustin Brinkmann"')
    .description(say('欠多少：凭信任或豁免通过、还没补上的', 'what is owed: taken on trust or passed by a waiver'))
    .addOption(
      new Option('--by <by>', say('按什么汇总', 'summed by what')).choices(['rep', 'stage', 'pipeline']).default('rep'),
    )
    .option('--owner <person>', say('负责人（编号或姓名）', 'owner (id or name)'))
    .option('--manager <person>', say('经理及其团队（编号或姓名）', 'manager, with the whole team (id or name)'))
    .action(async ({ by, owner, manager }: DebtOptions, command: Command) => {
      const context = clientContext(command);
      const found = await context.api.get<DebtList>('/v1/debt', { by, owner, manager });
      if (context.json) context.printJson(found);
      else if (found.items.length === 0) context.print(context.say('没有欠账', 'nothing is owed'));
      else context.print(...tableLines(columnsOf(by, context), found.items, context.room));
    });
}

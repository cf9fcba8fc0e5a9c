/** `playrail cases`: the cases one may see, filtered. */

import type { Command } from 'commander';
import type { CaseRow } from '../../api/views/case-row.ts';
import type { Page } from '../../api/wire/shapes.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { wholeMoney } from '../money-text.ts';
import { type Column, tableLines } from '../table.ts';

interface CasesOptions {
  readonly owner?: string;
  readonly manager?: string;
  readonly pipeline?: string;
  readonly parent?: string;
  readonly stage?: string;
  readonly status?: string;
  readonly stalled?: boolean;
  readonly q?: string;
  readonly limit: string;
  readonly cursor?: string;
}

function amountText(row: CaseRow): string {
  if (row.amount === undefined) return '';
  // Marked values (estimates) carry a tilde.
  return (row.amount.mark === undefined ? '' : '~') + wholeMoney(row.amount.minor, row.amount.currency);
}

function stallText(row: CaseRow, context: ClientContext): string {
  if (row.stall === undefined) return '';
  const rungs = context.say(`第${row.stall.rungs_fired}级`, `rung ${row.stall.rungs_fired}`);
  const demand = row.stall.demanded ? context.say(' 待决策', ' decide!') : '';
  return context.say(`停滞${row.stall.days}天 `, `${row.stall.days} d `) + rungs + demand;
}

function statusText(row: CaseRow, say: ClientContext['say']): string {
  const words = { open: say('进行中', 'open'), won: say('赢', 'won'), lost: say('输', 'lost') };
  return words[row.status] + (row.ungated ? say('（未经把关）', ' (ungated)') : '');
}

function columnsOf(context: ClientContext): Column<CaseRow>[] {
  const { say } = context;
  return [
    { head: say('编号', 'CASE'), cell: (row) => row.case },
    { head: say('名称', 'TITLE'), cell: (row) => row.title, shrinks: true },
    { head: say('阶段', 'STAGE'), cell: (row) => row.stage_title[context.lang], shrinks: true },
    { head: say('状态', 'STATUS'), cell: (row) => statusText(row, say) },
    { head: say('负责人', 'OWNER'), cell: (row) => row.owner.name, shrinks: true },
    { head: say('金额', 'AMOUNT'), cell: amountText, right: true },
    {
      head: say('在阶段', 'IN STAGE'),
      cell: (row) => (row.finished ? '' : context.say(`${row.days_in_stage} 天`, `${row.days_in_stage} d`)),
      right: true,
    },
    { head: say('停滞', 'STALLED'), cell: (row) => stallText(row, context) },
    { head: say('欠证据', 'OWED'), cell: (row) => (row.debts === 0 ? '' : String(row.debts)), right: true },
  ];
}

function printCases(context: ClientContext, page: Page<CaseRow>): void {
  const { say } = context;
  if (page.items.length === 0) context.print(say('没有符合的案件', 'no case fits'));
  else context.print(...tableLines(columnsOf(context), page.items, context.room));
  if (page.next_cursor !== undefined) {
    context.print(say(`还有更多：--cursor ${page.next_cursor}`, `there are more: --cursor ${page.next_cursor}`));
  }
}

export function registerCases(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('cases'), 'playrail cases --stalled --manager "Dustin Brinkmann"')
    .description(say('列出案件', 'list cases'))
    .option('--owner <person>', say('负责人（编号或姓名）', 'owner (id or name)'))
    .option('--manager <person>', say('经理及其团队（编号或姓名）', 'manager, with the whole team (id or name)'))
    .option('--pipeline <id>', say('流程', 'pipeline'))
    .option('--parent <case>', say('由此案件开始的', 'those that this case started'))
    .option('--stage <id>', say('阶段', 'stage'))
    .option('--status <open|won|lost>', say('状态', 'status'))
    .option('--stalled', say('仅停滞的', 'only those that are stalled'))
    .option('-q, --q <text>', say('名称包含', 'title contains'))
    .option('--limit <n>', say('每页条数', 'cases per page'), '50')
    .option('--cursor <cursor>', say('下一页', 'the page after this cursor'))
    .action(async (options: CasesOptions, command: Command) => {
      const context = clientContext(command);
      const { owner, manager, pipeline, parent, stage, status, stalled, q, limit, cursor } = options;
      const query = {
        owner,
        manager,
        pipeline,
        parent,
        stage,
        status,
        q,
        limit,
        cursor,
        stalled: stalled ? 'true' : undefined,
      };
      const page = await context.api.get<Page<CaseRow>>('/v1/cases', query);
      if (context.json) context.printJson(page);
      else printCases(context, page);
    });
}

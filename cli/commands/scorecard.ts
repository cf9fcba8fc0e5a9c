/** `playrail scorecard PERSON`: how one rep stands: value, target, threshold. */

import type { Command } from 'commander';
import type { ScorecardView } from '../../api/routes/scorecards.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { type Column, tableLines } from '../table.ts';

type Row = ScorecardView['rows'][number];

function columnsOf({ say, lang }: ClientContext): Column<Row>[] {
  const standings = {
    met: say('达到', 'met'),
    below: say('未达到', 'below'),
    breach: say('破线', 'breach'),
    too_few: say('案件太少', 'too few cases'),
    no_data: say('没有数据', 'no data'),
  };
  return [
    { head: say('指标', 'MEASURE'), cell: (row) => row.title[lang], shrinks: true },
    { head: say('数值', 'VALUE'), cell: (row) => row.shown?.[lang] ?? '', right: true },
    { head: 'N', cell: (row) => String(row.n), right: true },
    { head: say('目标', 'TARGET'), cell: (row) => row.target[lang], right: true },
    { head: say('底线', 'THRESHOLD'), cell: (row) => row.threshold?.[lang] ?? '', right: true },
    {
      head: say('完成', 'ATTAINED'),
      cell: ({ attainment }) => (attainment === undefined ? '' : `${Math.round(attainment * 100)}%`),
      right: true,
    },
    { head: say('状态', 'STANDING'), cell: (row) => standings[row.standing] },
  ];
}

async function show(id: string, context: ClientContext): Promise<void> {
  const path = `/v1/reps/${encodeURIComponent(id)}/scorecards`;
  const found = await context.api.get<{ readonly items: readonly ScorecardView[] }>(path);
  if (context.json) return context.printJson(found);
  const { say, lang } = context;
  if (found.items.length === 0) return context.print(say('这个职位没有记分卡', 'the post has no scorecard'));
  for (const one of found.items) {
    context.print(
      `${one.title[lang]}  ${say(`${one.from} 至 ${one.until}`, `${one.from} to ${one.until}`)}`,
      ...tableLines(columnsOf(context), one.rows, context.room),
    );
  }
}

export function registerScorecard(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('scorecard'), 'playrail scorecard "Anna Snelling"')
    .description(say('一位销售人员的记分卡：数值、目标、底线', 'the scorecard of one rep: value, target, threshold'))
    .argument('<person>', say('编号或姓名', 'id or name'))
    .action((id: string, _options: unknown, command: Command) => show(id, clientContext(command)));
}

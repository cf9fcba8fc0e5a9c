/** `playrail measures`: what is measured, and how people stand. */

import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { FigureView, MeasureList, MeasureView } from '../../api/routes/measures.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { type Column, tableLines } from '../table.ts';

interface MeasuresOptions {
  readonly by: 'rep' | 'all';
  readonly owner?: string;
  readonly manager?: string;
  readonly from?: string;
  readonly until?: string;
  readonly enter?: string;
  readonly source?: string;
}

type Row = FigureView & { readonly of: MeasureView };

function columnsOf(by: MeasuresOptions['by'], { say, lang }: ClientContext): Column<Row>[] {
  const owner: Column<Row> = { head: say('负责人', 'OWNER'), cell: (row) => row.owner?.name ?? '', shrinks: true };
  return [
    { head: say('指标', 'MEASURE'), cell: (row) => row.of.title[lang], shrinks: true },
    ...(by === 'rep' ? [owner] : []),
    { head: say('数值', 'VALUE'), cell: (row) => row.shown[lang], right: true },
    { head: 'N', cell: (row) => String(row.n), right: true },
  ];
}

/** One asked for by name is told with how it is worked out. */
function saidOf({ measure, title, formula, source }: MeasureView, { say, lang }: ClientContext): string[] {
  return [
    `${title[lang]}  [${measure}]`,
    `  ${say('算法', 'worked out as')}: ${formula[lang]}`,
    `  ${say('来源', 'from')}: ${source[lang]}`,
    '',
  ];
}

/** @throws CliExit where something is missing that a figure cannot do without */
async function enter(measure: string | undefined, options: MeasuresOptions, { api }: ClientContext): Promise<void> {
  const { owner, from, until, source, enter: written } = options;
  const value = Number(written);
  if ([measure, owner, from, until, source].includes(undefined) || !Number.isFinite(value)) {
    throw new CliExit(EXIT.usage, {
      zh: '填报要写明：指标、--owner、--from、--until、--source，--enter 为数字',
      en: 'to enter a figure name the measure, --owner, --from, --until and --source; --enter is a number',
    });
  }
  const body = { command: 'enter_figure', measure, value, from, until, source };
  await api.post(`/v1/reps/${encodeURIComponent(owner ?? '')}/commands`, body, randomUUID());
}

async function show(name: string | undefined, options: MeasuresOptions, context: ClientContext): Promise<void> {
  const { by, owner, manager, from, until } = options;
  if (options.enter !== undefined) await enter(name, options, context);
  const found = await context.api.get<MeasureList>('/v1/measures', { by, measure: name, owner, manager, from, until });
  if (context.json) return context.printJson(found);
  const rows = found.items.flatMap((of) => of.figures.map((one): Row => ({ ...one, of })));
  const told = name === undefined ? rows.filter(({ value }) => value !== null) : rows;
  const silent = found.items.filter((of) => !told.some((row) => row.of === of)).map((of) => of.title[context.lang]);
  const [only] = found.items;
  context.print(
    ...(name !== undefined && only !== undefined ? saidOf(only, context) : []),
    context.say(`${found.from} 至 ${found.until}`, `${found.from} to ${found.until}`),
    ...(told.length === 0
      ? [context.say('没有可以计算的数据', 'there is nothing to measure')]
      : tableLines(columnsOf(by, context), told, context.room)),
    ...(silent.length === 0 || told.length === 0
      ? []
      : [context.say(`还没有数据：${silent.join('、')}`, `no data yet: ${silent.join(', ')}`)]),
  );
}

export function registerMeasures(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(
    program.command('measures'),
    'playrail measures --by all\nplayrail measures win-rate --manager "Dustin Brinkmann" --from 2026-07-01 --until 2026-09-30\nplayrail measures satisfaction --owner "Anna Snelling" --enter 92 --from 2026-07-01 --until 2026-09-30 --source "survey Q3"',
  )
    .description(say('指标：怎样计算，每个人现在多少', 'measures: how each is worked out, and how people stand'))
    .argument('[measure]', say('只看这一项', 'only this one'))
    .addOption(new Option('--by <by>', say('按什么汇总', 'summed by what')).choices(['rep', 'all']).default('rep'))
    .option('--owner <person>', say('负责人（编号或姓名）', 'owner (id or name)'))
    .option('--manager <person>', say('经理及其团队（编号或姓名）', 'manager, with the whole team (id or name)'))
    .option('--from <day>', say('第一天；缺省为末日前 91 天', 'the first day; 91 days up to the last where left out'))
    .option(
      '--enter <figure>',
      say('填报：没有日志记录的指标（百分比写 92）', 'enter a figure that no journal holds (percents as 92)'),
    )
    .option('--source <text>', say('填报的来源', 'where an entered figure comes from'))
    .option('--until <day>', say('最后一天；缺省为今天', 'the last day; today where left out'))
    .action((name: string | undefined, options: MeasuresOptions, command: Command) =>
      show(name, options, clientContext(command)),
    );
}

/** `playrail measures`: what is measured, and how people stand. */

import { type Command, Option } from 'commander';
import type { FigureView, MeasureList, MeasureView } from '../../api/routes/measures.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { type Column, tableLines } from '../table.ts';

interface MeasuresOptions {
  readonly by: 'rep' | 'all';
  readonly owner?: string;
  readonly manager?: string;
  readonly from?: string;
  readonly until?: string;
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

async function show(name: string | undefined, options: MeasuresOptions, context: ClientContext): Promise<void> {
  const { by, owner, manager, from, until } = options;
  const found = await context.api.get<MeasureList>('/v1/measures', { by, measure: name, owner, manager, from, until });
  if (context.json) return context.printJson(found);
  const rows = found.items.flatMap((of) => of.figures.map((one): Row => ({ ...one, of })));
  const [only] = found.items;
  context.print(
    ...(name !== undefined && only !== undefined ? saidOf(only, context) : []),
    context.say(`${found.from} 至 ${found.until}`, `${found.from} to ${found.until}`),
    ...(rows.length === 0
      ? [context.say('没有可以计算的数据', 'there is nothing to measure')]
      : tableLines(columnsOf(by, context), rows, context.room)),
  );
}

export function registerMeasures(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(
    program.command('measures'),
    'playrail measures --by all\nplayrail measures win-rate --manager "Dustin Brinkmann" --from 2026-07-01 --until 2026-09-30',
  )
    .description(say('指标：怎样计算，每个人现在多少', 'measures: how each is worked out, and how people stand'))
    .argument('[measure]', say('只看这一项', 'only this one'))
    .addOption(new Option('--by <by>', say('按什么汇总', 'summed by what')).choices(['rep', 'all']).default('rep'))
    .option('--owner <person>', say('负责人（编号或姓名）', 'owner (id or name)'))
    .option('--manager <person>', say('经理及其团队（编号或姓名）', 'manager, with the whole team (id or name)'))
    .option('--from <day>', say('第一天；缺省为末日前 91 天', 'the first day; 91 days up to the last where left out'))
    .option('--until <day>', say('最后一天；缺省为今天', 'the last day; today where left out'))
    .action((name: string | undefined, options: MeasuresOptions, command: Command) =>
      show(name, options, clientContext(command)),
    );
}

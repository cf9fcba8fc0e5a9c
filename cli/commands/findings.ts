/** `playrail findings`: what diagnoses found, and who must answer. */

import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { FindingList } from '../../api/routes/findings.ts';
import type { ListedFindingView } from '../../api/views/finding-view.ts';
import type { RepFindingView } from '../../api/views/rep-finding-view.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { repFindingLines } from '../rep-finding-lines.ts';
import { clockIn } from '../show-time.ts';
import { type Column, tableLines } from '../table.ts';
import { printable } from '../text-width.ts';

interface FindingsOptions {
  readonly case?: string;
  readonly owner?: string;
  readonly manager?: string;
  readonly class?: string;
  readonly standing: string;
  readonly limit: string;
  readonly rep?: string;
  readonly accept?: string;
  readonly coaching?: string;
  readonly decline?: string;
  readonly reason?: string;
}

function columnsOf({ say, lang }: ClientContext): Column<ListedFindingView>[] {
  const standings = {
    open: say('待答复', 'open'),
    in_hand: say('应对中', 'in hand'),
    declined: say('未采纳', 'declined'),
  };
  return [
    { head: say('案件', 'CASE'), cell: (row) => row.case },
    { head: say('名称', 'TITLE'), cell: (row) => row.case_title, shrinks: true },
    { head: say('发现', 'FOUND'), cell: (row) => `${row.title[lang]} [${row.finding}]`, shrinks: true },
    { head: say('类别', 'CLASS'), cell: (row) => row.class_title[lang] },
    { head: say('状态', 'STANDING'), cell: (row) => standings[row.standing] },
    { head: say('问谁', 'ASKED'), cell: (row) => row.asked.map(({ name }) => name).join(', '), shrinks: true },
    { head: say('期限', 'DUE'), cell: dueText },
  ];
}

function dueText({ due_at, is_overdue, zone }: ListedFindingView): string {
  return due_at === undefined ? '' : `${clockIn(zone).instant(due_at)}${is_overdue ? ' !' : ''}`;
}

/** What the options answer; absent: only to look. @throws CliExit where they answer twice, or decline without a reason */
function answerOf({ accept, decline, coaching, reason }: FindingsOptions): object | undefined {
  const told = reason === undefined ? {} : { reason };
  if (accept !== undefined && decline !== undefined) {
    throw new CliExit(EXIT.usage, { zh: '一次只答复一条', en: 'one answer at a time' });
  }
  if (accept !== undefined) {
    const other = coaching === undefined ? {} : { coaching };
    return { command: 'answer_finding', finding: accept, answer: 'respond', ...other, ...told };
  }
  if (decline === undefined) return undefined;
  if (reason === undefined) throw new CliExit(EXIT.usage, { zh: '用 --reason 说明原因', en: 'say why with --reason' });
  return { command: 'answer_finding', finding: decline, answer: 'decline', ...told };
}

async function ofRep(id: string, options: FindingsOptions, context: ClientContext): Promise<void> {
  const path = `/v1/reps/${encodeURIComponent(id)}`;
  const body = answerOf(options);
  const answer =
    body === undefined
      ? undefined
      : await context.api.post<{ readonly session?: string }>(`${path}/commands`, body, randomUUID());
  const found = await context.api.get<{ readonly items: readonly RepFindingView[] }>(`${path}/findings`);
  if (context.json) return context.printJson({ ...(answer !== undefined && { answer }), ...found });
  if (found.items.length === 0) return context.print(context.say('没有发现', 'nothing was found'));
  context.print(...found.items.flatMap((one) => repFindingLines(id, one, context)).map(printable));
}

export function registerFindings(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(
    program.command('findings'),
    'playrail findings --class customer --standing any\nplayrail findings --rep "Anna Snelling" --accept few-new-opportunities',
  )
    .description(
      say('诊断的发现：市场、客户、人员的风险', 'what diagnoses found: risks of market, customer and people'),
    )
    .option('--case <id>', say('只看这个案件', 'only of this case'))
    .option('--owner <person>', say('负责人（编号或姓名）', 'owner (id or name)'))
    .option('--manager <person>', say('经理及其团队（编号或姓名）', 'manager, with the whole team (id or name)'))
    .addOption(
      new Option('--class <class>', say('类别', 'what it is about')).choices([
        'market',
        'customer',
        'people',
        'process',
      ]),
    )
    .addOption(
      new Option('--standing <standing>', say('状态', 'whether it waits, was taken up, or declined'))
        .choices(['open', 'in_hand', 'declined', 'any'])
        .default('open'),
    )
    .option('--limit <n>', say('最多几条', 'how many at most'), '50')
    .option('--rep <person>', say('这位销售人员的指标说明了什么', 'what the measures of this rep say'))
    .option('--accept <finding>', say('采纳，并开始所提议的辅导', 'accept it, and begin the flow it proposes'))
    .option('--coaching <flow>', say('改用另一个辅导', 'another flow in its place'))
    .option('--decline <finding>', say('不采纳', 'decline it'))
    .option('--reason <text>', say('原因', 'the reason'))
    .action(async (options: FindingsOptions, command: Command) => {
      const context = clientContext(command);
      if (options.rep !== undefined) return ofRep(options.rep, options, context);
      if (options.accept !== undefined || options.decline !== undefined)
        throw new CliExit(EXIT.usage, { zh: '用 --rep 说明是谁的', en: 'say whose with --rep' });
      // The options of every client command stand among them, and are no questions to the API.
      const { case: id, owner, manager, class: kind, standing, limit } = options;
      const query = { case: id, owner, manager, class: kind, standing, limit };
      const found = await context.api.get<FindingList>('/v1/findings', query);
      if (context.json) context.printJson(found);
      else if (found.items.length === 0) context.print(context.say('没有发现', 'nothing was found'));
      else {
        context.print(...tableLines(columnsOf(context), found.items, context.room));
        const more = found.total - found.items.length;
        if (more > 0) context.print(context.say(`还有 ${more} 条`, `${more} more`));
      }
    });
}

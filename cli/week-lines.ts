/** A week as lines of text. */

import type { WeekView } from '../api/routes/week.ts';
import type { ClientContext } from './client-command.ts';
import { goalLines, sessionLine } from './coaching-lines.ts';
import { wholeMoney } from './money-text.ts';
import { clockIn } from './show-time.ts';

type Context = Pick<ClientContext, 'say' | 'lang'>;

export function weekLines(week: WeekView, context: Context): string[] {
  const { say, lang } = context;
  const parts: readonly (readonly [string, readonly string[]])[] = [
    [say('例行事项', 'Duties'), week.duties.flatMap((one) => dutyLines(one, week.you.person, context))],
    [
      say('辅导：轮到你', 'Coaching: your turn'),
      week.coaching.map((one) => `${one.about.name}: ${sessionLine(one, context)}`),
    ],
    [
      say('要答复的发现', 'Findings to answer'),
      week.findings.map(
        (one) => `${one.about.name}: ${one.title[lang]}  [${one.finding}]  playrail findings --rep ${one.about.person}`,
      ),
    ],
    [say('目标与约定', 'Goals and agreements'), week.goals.flatMap((one) => goalLines(one, context))],
    [say('案件', 'Cases'), week.cases.map((one) => caseLine(one, context))],
    [say('要准备的拜访', 'Visits to prepare'), week.prepare.map((one) => `${one.on}  ${one.title}  ${one.case}`)],
  ];
  const filled = parts.filter(([, lines]) => lines.length > 0);
  const nothing = say('没有等你的事', 'nothing waits for you');
  return [
    say(`${week.from} 至 ${week.until}`, `${week.from} to ${week.until}`),
    ...(filled.length === 0
      ? [nothing]
      : filled.flatMap(([head, lines]) => ['', head, ...lines.map((line) => `  ${line}`)])),
  ];
}

function dutyLines(duty: WeekView['duties'][number], you: string, { say, lang }: Context): string[] {
  const { about, standing, due_at, title, decided, fields = [], of } = duty;
  const id = (duty.duty ?? '').padEnd(4);
  const what = decided ?? title?.[lang] ?? of;
  const when = due_at === undefined ? duty.due_on : clockIn().instant(due_at);
  const whose = about.person === you ? '' : `  ${about.name} (--for ${about.person})`;
  const late = standing === 'overdue' ? `  ${say('已逾期', 'overdue')}` : '';
  if (standing === 'to_read') {
    return [
      `${id} ${say('要看', 'to read')}: ${about.name}: ${what}  (playrail week --for ${about.person} --read ${duty.duty})`,
    ];
  }
  const asks = fields.map(
    ({ field, title: name, optional }) => `       --with ${field}=…  ${name[lang]}${optional ? ' (?)' : ''}`,
  );
  return [`${id} ${what}  [${of}]${whose}  ${say('至', 'by')} ${when}${late}`, ...asks];
}

function caseLine(one: WeekView['cases'][number], { say }: Context): string {
  const why = {
    asked: say('等你答复', 'waits for your answer'),
    task: say('你的任务', 'a task of yours'),
    stalled: say('停滞', 'stalled'),
  };
  const amount = one.amount === undefined ? '' : `  ${wholeMoney(one.amount.minor, one.amount.currency)}`;
  return `${one.case}  ${one.title}${amount}  ${why[one.why]}`;
}

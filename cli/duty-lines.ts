/** Somebody's duties as lines of text: what is open, and how earlier ones ended. */

import type { DutyView } from '../api/views/duty-view.ts';
import type { ClientContext } from './client-command.ts';
import { clockIn } from './show-time.ts';

type Context = Pick<ClientContext, 'say' | 'lang'>;

export function dutyRecordLines(duties: readonly DutyView[], context: Context): string[] {
  if (duties.length === 0) return [context.say('没有例行事项', 'no duties')];
  return duties.flatMap((one) => dutyLine(one, context));
}

function dutyLine(duty: DutyView, { say, lang }: Context): string[] {
  const { title, of, decided, due_on, standing, by, ended_at, answers = {}, reason, unread } = duty;
  const words: Readonly<Record<DutyView['standing'], string>> = {
    open: say('待做', 'open'),
    overdue: say('已逾期', 'overdue'),
    to_read: say('待阅', 'to be read'),
    done: say('按时', 'in time'),
    late: say('迟', 'late'),
    missed: say('缺', 'missed'),
    excused: say('免', 'excused'),
    spared: say('休假', 'away'),
  };
  const what = decided ?? title?.[lang] ?? of;
  const ended =
    ended_at === undefined ? '' : `  ${clockIn().instant(ended_at)}${by === undefined ? '' : ` ${by.name}`}`;
  const notRead = unread === true ? `  ${say('没有人看', 'nobody read it')}` : '';
  const said = Object.entries(answers).map(
    ([field, value]) => `     ${field}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
  );
  return [
    `${due_on}  ${what}  [${of}]  ${words[standing]}${ended}${notRead}`,
    ...said,
    ...(reason === undefined ? [] : [`     ${reason}`]),
  ];
}

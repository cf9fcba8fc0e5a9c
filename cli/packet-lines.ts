/** The packet of a review as lines of text. */

import type { PacketView } from '../api/routes/rep-packet.ts';
import type { ClientContext } from './client-command.ts';
import { goalLines } from './coaching-lines.ts';
import { wholeMoney } from './money-text.ts';
import { repFindingLines } from './rep-finding-lines.ts';
import { clockIn } from './show-time.ts';

type Context = Pick<ClientContext, 'say' | 'lang'>;

export function packetLines(packet: PacketView, context: Context): string[] {
  const { say, lang } = context;
  const { duties, person } = packet;
  const parts: readonly (readonly [string, readonly string[]])[] = [
    [say('目标与约定', 'Goals and agreements'), packet.goals.flatMap((one) => goalLines(one, context))],
    [
      say('指标', 'Measures'),
      packet.measures.flatMap(({ title, figures }) =>
        figures.map(({ shown, n }) => `${title[lang]}: ${shown[lang]} (n=${n})`),
      ),
    ],
    [say('发现', 'Findings'), packet.findings.flatMap((one) => repFindingLines(person.person, one, context))],
    [say('最大的商机', 'The largest deals'), packet.deals.map((one) => dealLine(one, context))],
  ];
  const counted = say(
    `例行事项：按时 ${duties.done}，迟 ${duties.late}，缺 ${duties.missed}，免 ${duties.excused}，休假 ${duties.spared}`,
    `Duties: ${duties.done} in time, ${duties.late} late, ${duties.missed} missed, ${duties.excused} excused, ${duties.spared} while away`,
  );
  return [
    `${person.name}  ${say(`${packet.from} 至 ${packet.until}`, `${packet.from} to ${packet.until}`)}`,
    ...parts.flatMap(([head, lines]) => [
      '',
      head,
      ...(lines.length === 0 ? [`  ${say('没有', 'none')}`] : lines.map((line) => `  ${line}`)),
    ]),
    '',
    counted,
  ];
}

function dealLine(deal: PacketView['deals'][number], { say }: Context): string {
  const amount = deal.amount === undefined ? '' : `  ${wholeMoney(deal.amount.minor, deal.amount.currency)}`;
  const stalled =
    deal.stalled_since === undefined
      ? ''
      : `  ${say('停滞自', 'stalled since')} ${clockIn().instant(deal.stalled_since)}`;
  return `${deal.case}  ${deal.title}${amount}  ${deal.stage}${stalled}`;
}

/** What was found about a rep, as lines of text: the figures then and now, what supports it, what to ask and to do. */

import type { RepFindingView } from '../api/views/rep-finding-view.ts';
import type { ClientContext } from './client-command.ts';
import { clockIn } from './show-time.ts';

type Context = Pick<ClientContext, 'say' | 'lang'>;

export function repFindingLines(id: string, one: RepFindingView, context: Context): string[] {
  const { say, lang } = context;
  const { support, from, until } = one;
  const at =
    support.at === undefined
      ? ''
      : say(`，其中 ${support.at.n} 个在 ${support.at.stage}`, `, ${support.at.n} of them at ${support.at.stage}`);
  const some = support.cases.length === 0 ? '' : `: ${support.cases.join(', ')}`;
  return [
    `${one.title[lang]}  [${one.finding}]  ${one.class_title[lang]}  ${standing(one, context)}`,
    `  ${say(`${from} 至 ${until}`, `${from} to ${until}`)}`,
    ...one.seen.map((figure) => `  ${figureLine(figure, one, context)}`),
    `  ${say(`${support.of} 个案件中的 ${support.n} 个`, `${support.n} of ${support.of} cases`)}${at}${some}`,
    ...(one.standing === 'open' ? asked(id, one, context) : answered(one, context)),
    ...noteLines(one.notes, context),
  ];
}

/** Where to read more. */
export function noteLines(notes: RepFindingView['notes'], { say, lang }: Context): string[] {
  return notes.map(({ knowledge, title }) => `  ${say('参考', 'see')}: ${title[lang]}  playrail note ${knowledge}`);
}

function figureLine(
  { fact, title, shown }: RepFindingView['seen'][number],
  one: RepFindingView,
  { say, lang }: Context,
) {
  const now = one.now?.find((figure) => figure.fact === fact)?.shown[lang];
  const after = one.standing === 'open' || now === undefined ? '' : `  ${say('现在', 'now')} ${now}`;
  return `${title[lang]}: ${shown[lang]}${after}`;
}

function standing({ standing: how, due_at }: RepFindingView, { say }: Context): string {
  switch (how) {
    case 'open':
      return due_at === undefined
        ? say('待答复', 'open')
        : say(`${clockIn().instant(due_at)} 前答复`, `to answer by ${clockIn().instant(due_at)}`);
    case 'in_hand':
      return say('辅导中', 'in hand');
    case 'declined':
      return say('未采纳', 'declined');
    case 'gone':
      return say('已不成立', 'gone');
  }
}

function asked(id: string, one: RepFindingView, { say, lang }: Context): string[] {
  const flow = one.proposes === undefined ? '' : `  ${say('提议', 'proposes')} ${one.proposes}`;
  const who = one.asked.map(({ name }) => name).join(', ');
  return [
    ...one.causes.map((cause) => `  ? ${cause[lang]}`),
    `  → ${one.prescription[lang]}${flow}`,
    `  ${say(`等 ${who} 答复`, `waits for ${who}`)}: playrail findings --rep ${id} --accept ${one.finding} | --decline ${one.finding} --reason "…"`,
  ];
}

function answered({ answered: answer }: RepFindingView, { say }: Context): string[] {
  if (answer === undefined) return [];
  const how = answer.as === 'respond' ? say('采纳', 'accepted') : say('未采纳', 'declined');
  const session = answer.session === undefined ? '' : `  ${say('辅导', 'session')} ${answer.session}`;
  const reason = answer.reason === undefined ? '' : `: ${answer.reason}`;
  return [`  ${how} ${answer.by.name}, ${clockIn().instant(answer.at)}${session}${reason}`];
}

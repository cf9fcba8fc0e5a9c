/** Findings as lines of text. */

import type { FindingView } from '../api/views/finding-view.ts';
import type { CaseContext } from './case-clock-lines.ts';

/** What it is, what was seen, what to ask and do, and whose answer it waits for. @param id the case */
export function findingLines(id: string, one: FindingView, { lang, say, face }: CaseContext): string[] {
  const seen = one.seen.map(({ title, shown }) => `${title[lang]} ${shown[lang]}`).join(', ');
  const head = `  ${one.title[lang]}  ${one.class_title[lang]}${seen === '' ? '' : `: ${seen}`}  [${one.finding}]`;
  if (one.answered !== undefined) {
    const { by, at } = one.answered;
    const how =
      one.standing === 'in_hand'
        ? say(`${by.name} 在应对，${face.instant(at)}`, `taken up by ${by.name}, ${face.instant(at)}`)
        : say(`${by.name} 未采纳，${face.instant(at)}`, `declined by ${by.name}, ${face.instant(at)}`);
    return [head, `    ${how}${one.responses.length === 0 ? '' : `: ${one.responses.join(', ')}`}`];
  }
  const who = one.asked.map((person) => person.name).join(', ');
  const due =
    one.due_at === undefined ? '' : say(`，${face.instant(one.due_at)} 前`, ` by ${face.instant(one.due_at)}`);
  const over = one.is_overdue ? say('，已逾期', ', overdue') : '';
  return [
    head,
    ...one.causes.map((cause) => `    ? ${cause[lang]}`),
    ...(one.prescription === undefined ? [] : [`    → ${one.prescription[lang]}`]),
    `    ${say(`等 ${who} 答复${due}${over}`, `waits for ${who}${due}${over}`)}: playrail do ${id} answer_finding ${one.finding} respond | decline`,
  ];
}

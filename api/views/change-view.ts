/** One difference in what an approval reviews, as the API tells it: field by field, texts of several lines line by line. */

import { z } from 'zod';
import type { ContentChange, LineChange } from '../../engine/parts/approval/content.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { Value } from '../../engine/playbook/value.ts';
import { valueText } from '../../engine/playbook/value-text.ts';
import { list, text, value } from '../wire/shapes.ts';
import { type Titles, titleIn } from './titles.ts';

export const changeShape = z
  .strictObject({
    name: z.string().meta({ description: 'A fact, or `evidence id.field`.' }),
    before: value.exactOptional().meta({ description: 'Absent: nothing was known.' }),
    after: value.exactOptional(),
    lines: list(z.strictObject({ change: z.enum(['kept', 'removed', 'added']), line: z.string() }))
      .exactOptional()
      .meta({ description: 'Of texts of several lines, and of text files: a shortest way from one to the other.' }),
    text,
  })
  .meta({ id: 'Change', description: 'What is not as it was when somebody looked at it.' });

export type ChangeView = z.output<typeof changeShape>;

const NOTHING: Text = { zh: '（空）', en: '(nothing)' };

export function changeView(change: ContentChange, titles: Titles): ChangeView {
  const { name, before, after, lines } = change;
  const fact = titles.facts.get(name);
  const title = fact?.title ?? titleIn(titles.bound, name);
  const shown = (one: Value | undefined): Text => (one === undefined ? NOTHING : valueText(one, fact));
  const [was, is] = [shown(before), shown(after)];
  const told = lines === undefined ? { zh: `${was.zh} → ${is.zh}`, en: `${was.en} → ${is.en}` } : linesText(lines);
  return {
    name,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(lines !== undefined && { lines: [...lines] }),
    text: { zh: `${title.zh}：${told.zh}`, en: `${title.en}: ${told.en}` },
  };
}

export function linesText(lines: readonly LineChange[]): Text {
  const count = (kind: LineChange['change']): number => lines.filter(({ change }) => change === kind).length;
  return {
    zh: `删 ${count('removed')} 行，增 ${count('added')} 行`,
    en: `${count('removed')} lines removed, ${count('added')} added`,
  };
}

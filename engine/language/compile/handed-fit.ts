/** Whether one fact can be filled from another: what would be refused at run time is told when it is written. */

import type { Text } from '../../playbook/text.ts';
import type { FieldsSource } from '../kinds/form.ts';
import { TYPE_NAMES, type TypedSource } from './value.ts';

export type Filled = TypedSource & { readonly fields?: FieldsSource | undefined };

/** Why the value of one would not do for the other; nothing where it does. */
export function unfitness(from: Filled, to: Filled): Text | undefined {
  const [given, wanted] = [TYPE_NAMES[from.type.value], TYPE_NAMES[to.type.value]];
  if (from.type.value !== to.type.value)
    return { zh: `类型是${given.zh}，不是${wanted.zh}`, en: `it is of type ${given.en}, not ${wanted.en}` };
  const [one, other] = [from.currency?.value, to.currency?.value];
  if (one !== undefined && other !== undefined && one !== other)
    return { zh: `币种是 ${one}，不是 ${other}`, en: `it is in ${one}, not ${other}` };
  const known = new Set((to.choices ?? []).map(({ key }) => key.value));
  const stray = (from.choices ?? []).find(({ key }) => !known.has(key.value))?.key.value;
  if (stray !== undefined) return { zh: `那里没有选项 \`${stray}\``, en: `there is no choice \`${stray}\` there` };
  return columnsUnfit(from.fields ?? [], to.fields ?? []);
}

function columnsUnfit(from: FieldsSource, to: FieldsSource): Text | undefined {
  for (const { key, value } of from) {
    const there = to.find((one) => one.key.value === key.value)?.value;
    if (!there) return { zh: `那里没有列 \`${key.value}\``, en: `there is no column \`${key.value}\` there` };
    const why = unfitness(value, there);
    if (why) return { zh: `列 \`${key.value}\`：${why.zh}`, en: `column \`${key.value}\`: ${why.en}` };
  }
  const names = from.map(({ key }) => key.value);
  const missing = to.find(({ key, value }) => !names.includes(key.value) && value.optional?.value !== true);
  if (!missing) return undefined;
  const name = missing.key.value;
  return { zh: `缺少列 \`${name}\``, en: `it has no column \`${name}\`` };
}

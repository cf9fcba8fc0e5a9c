/** The small language of forms: typed fields, for evidence sheets, demands and rows; facts are typed the same way. */

import type { Text } from '../../playbook/text.ts';
import type { MapEntry } from '../shape/collection.ts';
import { list, listOr, mapOf } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { anything, factName, id, oneOf, plain, wholeNumber, yesNo } from '../shape/scalar.ts';
import { lazy, mapped, type Shape, type Token } from '../shape/shape.ts';
import { condition } from './condition.ts';
import { formula } from './formula.ts';
import { text } from './text.ts';

const TYPES = [
  'text',
  'number',
  'percent',
  'money',
  'date',
  'choice',
  'choices',
  'person',
  'link',
  'yes_no',
  'file',
  'rows',
] as const;

const choiceId = id('选项', 'a choice');
const namedChoices = mapOf({ zh: '选项及其名称', en: 'choices with their titles' }, choiceId, text);
const bareChoices = mapped(list({ zh: '选项的列表', en: 'a list of choices' }, choiceId, { min: 1 }), (ids) =>
  ids.map((key) => ({ key, value: titleFrom(key.value) })),
);

/** A title for what has none: its id as words. */
export function titleFrom(idText: string): Text {
  const words = idText.replace(/[-_]/g, ' ');
  return { zh: words, en: words.charAt(0).toUpperCase() + words.slice(1) };
}

/** The keys facts and fields share. Limits are read when the type is known. */
const typed = {
  type: required(oneOf(TYPES), '类型', 'its type'),
  title: optional(text, '名称；缺省为标识本身', 'what people read; the id as words when absent'),
  choices: optional(listOr(bareChoices, namedChoices), 'choice、choices 的选项', 'what a choice may be'),
  min: optional(anything('该类型的值', 'a value of the type'), '最小值', 'the least value'),
  max: optional(anything('该类型的值', 'a value of the type'), '最大值', 'the greatest value'),
  currency: optional(plain('币种', 'a currency'), '金额只用此币种，如 CNY', 'money in this currency only, such as CNY'),
  fields: optional(
    lazy('fields', { zh: '字段', en: 'fields' }, () => fields),
    'rows 的列',
    'the columns of rows',
  ),
};

export const fact = record(
  { zh: '事实', en: 'a fact' },
  { ...typed, from: optional(formula, '由公式算出，不可填写', 'computed by a formula; cannot be set') },
);

const fieldKeys = {
  ...typed,
  optional: optional(yesNo(), '可以不填', 'need not be answered'),
  when: optional(condition, '仅在本表单其他回答满足时才询问', 'asked only when this holds over the other answers'),
  min_length: optional(wholeNumber(), '最少字数', 'least number of characters'),
  max_length: optional(wholeNumber(), '最多字数', 'greatest number of characters'),
  pattern: optional(plain('RE2 正则', 'an RE2 pattern'), '文字须符合的正则', 'what the text must match'),
  min_rows: optional(wholeNumber(), '最少行数', 'least number of rows'),
  max_rows: optional(wholeNumber(), '最多行数', 'greatest number of rows'),
};

export const field = record({ zh: '字段', en: 'a field' }, fieldKeys);

export type FactSource = RecordOf<typeof fact.keys>;
export type FieldSource = Omit<RecordOf<typeof fieldKeys>, 'fields'> & { readonly fields?: FieldsSource | undefined };
export type FieldsSource = readonly MapEntry<FieldSource>[];

export const fields: Shape<FieldsSource> = mapOf(
  { zh: '字段', en: 'fields' },
  factName('字段名', 'the name of a field'),
  field as unknown as Shape<FieldSource>,
);

export type ChoicesSource = readonly { readonly key: Token<string>; readonly value: Text }[];

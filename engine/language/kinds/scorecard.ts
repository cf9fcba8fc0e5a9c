/** The kind `scorecard`: what the holders of a post are held to, and what a breach begins. */

import { list } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { anything, id, reference, wholeNumber } from '../shape/scalar.ts';
import { breachKeys } from './diagnosis.ts';
import { text } from './text.ts';

/** Read when the unit of the measure is known. */
const level = anything('按指标单位的值', 'a value in the unit of the measure');

const breach = record({ zh: '破线', en: 'a breach' }, breachKeys);

const row = record(
  { zh: '一项指标', en: 'a measure of a scorecard' },
  {
    measure: required(
      reference('指标名', 'a measure'),
      '哪个指标（见 docs/measures.md）',
      'which measure (docs/measures.md)',
    ),
    target: required(level, '目标值', 'what is aimed at'),
    threshold: optional(level, '底线；比它差就是破线', 'worse than this is a breach'),
    cases: optional(
      wholeNumber(),
      '至少多少个案件才算数；缺省为 1',
      'with fewer cases there is nothing to say; 1 when absent',
    ),
    breach: optional(breach, '破线时发现什么、提议什么', 'what a breach is found as, and what it proposes'),
  },
);

export const scorecard = record(
  { zh: '记分卡', en: 'a scorecard' },
  {
    scorecard: required(
      id('记分卡标识', 'the id of the scorecard'),
      '标识，与文件同名',
      'its id; the file has the same name',
    ),
    title: required(text, '名称', 'what people read'),
    why: optional(text, '为何需要', 'why it exists'),
    applies_to: required(
      list({ zh: '职位的列表', en: 'a list of posts' }, reference('职位名', 'a post'), { min: 1 }),
      '哪些职位',
      'the posts whose holders it is of',
    ),
    measures: required(
      list({ zh: '指标的列表', en: 'a list of measures' }, row, { min: 1 }),
      '衡量什么',
      'what they are held to',
    ),
  },
);

export type ScorecardSource = RecordOf<typeof scorecard.keys>;
export type ScorecardRowSource = ScorecardSource['measures'][number];

/** `inspection`: the questions by which a manager inspects a case, in order. */

import { list } from '../shape/collection.ts';
import { type RecordOf, record, required } from '../shape/record.ts';
import { oneOf } from '../shape/scalar.ts';
import { text } from './text.ts';

const question = record(
  { zh: '盘问的一个问题', en: 'a question of an inspection' },
  {
    shows: required(
      oneOf(['progress', 'evidence', 'next_step', 'plan']),
      '旁边摆出记录的哪一部分：走到哪里、证据、下一步、一起定的计划',
      'what of the record is laid beside it: how far it has come, its evidence, what is next, what the two plan',
    ),
    ask: required(text, '问什么', 'what is asked'),
  },
);

export const inspection = list({ zh: '问题的列表', en: 'a list of questions' }, question, { min: 1 });

export type InspectionSource = readonly RecordOf<typeof question.keys>[];

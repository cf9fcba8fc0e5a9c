/** The small language of authority: what it is measured by, and how far a post's reaches. */

import { DIMENSION_TYPES } from '../../playbook/authority.ts';
import { mapOf } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { anything, factName, oneOf, reference } from '../shape/scalar.ts';
import { text } from './text.ts';

const dimension = record(
  { zh: '审批维度', en: 'a dimension of authority' },
  {
    title: required(text, '名称', 'what people read'),
    type: required(
      oneOf(DIMENSION_TYPES),
      '类型；`days` 是以天计的数字事实，限额写作 `60 days`',
      'its type; `days` reads a number fact that counts days, and limits are written `60 days`',
    ),
    fact: optional(
      reference('事实', 'a fact'),
      '它读的事实；缺省为同名的；没有此事实的流程不看这一项',
      'the fact it reads, of the same name when absent; a pipeline without that fact is not measured by it',
    ),
    graver: optional(
      oneOf(['higher', 'lower', 'yes', 'no']),
      '哪一边更重：数值为 higher（缺省）或 lower，是否为 yes（缺省）或 no',
      'which way a case gets graver: higher (when absent) or lower, for yes_no yes (when absent) or no',
    ),
  },
);

export type DimensionSource = RecordOf<typeof dimension.keys>;

/** In the order in which explanations name them. */
export const dimensions = mapOf(
  { zh: '审批维度', en: 'dimensions of authority' },
  factName('维度名', 'the name of a dimension'),
  dimension,
);

/** Limits are read when the type of their dimension is known. */
export const limits = mapOf(
  { zh: '各维度的审批限额', en: 'limits by dimension' },
  reference('审批维度', 'a dimension of authority'),
  anything(
    '限额：该维度的值、选项的列表，或 `no limit`',
    'a limit: a value of the dimension, a list of choices, or `no limit`',
  ),
);

/** Evidence as a stage or a gate asks for it. */

import { list } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { duration, id } from '../shape/scalar.ts';
import { who } from './action.ts';
import { fields } from './form.ts';
import { text } from './text.ts';

export const evidence = record(
  { zh: '证据', en: 'an evidence' },
  {
    evidence: required(id('证据标识', 'the id of an evidence'), '标识', 'its id'),
    title: required(text, '名称', 'what people read'),
    fields: optional(fields, '要填写的表单', 'the form to fill in'),
    accepted_by: optional(
      who,
      '由谁接受（绝不是提交者或负责人）；缺省为提交即接受',
      'who accepts it (never the submitter or the owner); accepted on submission when absent',
    ),
    fresh_for: optional(duration(), '接受后多久内有效', 'how long it counts after acceptance'),
  },
);

export const evidenceList = list({ zh: '证据的列表', en: 'a list of evidence' }, evidence);

export type EvidenceSource = RecordOf<typeof evidence.keys>;

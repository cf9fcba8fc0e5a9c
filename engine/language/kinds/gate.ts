/** The kind `gate`: one condition that holds at a point of many pipelines. */

import { list } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { id, oneOf, reference } from '../shape/scalar.ts';
import { condition } from './condition.ts';
import { evidenceList } from './evidence.ts';
import { text } from './text.ts';
import { waiver } from './waiver.ts';

export const gate = record(
  { zh: '关口', en: 'a gate' },
  {
    gate: required(id('关口标识', 'the id of the gate'), '标识，与文件同名', 'its id; the file has the same name'),
    title: required(text, '名称', 'what people read'),
    applies_to: required(
      list({ zh: '流程的列表', en: 'a list of pipelines' }, reference('流程名', 'a pipeline'), { min: 1 }),
      '用于哪些流程',
      'the pipelines it holds in',
    ),
    at: required(oneOf(['open', 'advance', 'win', 'finish']), '在哪一步把关', 'the step it guards'),
    mode: optional(
      oneOf(['shadow', 'warn', 'enforce']),
      'enforce 拒绝；warn 提醒；shadow 只记录；缺省 enforce',
      'enforce refuses, warn tells, shadow only records; enforce when absent',
    ),
    when: required(condition, '放行的条件', 'what must hold'),
    otherwise: required(text, '不放行时说什么', 'what is said when it does not'),
    evidence: optional(evidenceList, '本关口自己的证据', 'evidence of its own'),
    waiver: optional(waiver, '可以怎样豁免；缺省不可', 'how it may be waived; not at all when absent'),
  },
);

export type GateSource = RecordOf<typeof gate.keys>;

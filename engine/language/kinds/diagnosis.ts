/** The kind `diagnosis`: what to watch for, what to ask about when it is found, who answers, and what it starts. */

import { FINDING_CLASSES } from '../../playbook/diagnosis.ts';
import { list } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { duration, id, oneOf, reference } from '../shape/scalar.ts';
import { action, who } from './action.ts';
import { condition } from './condition.ts';
import { text } from './text.ts';
import { waitingRung } from './waiting-rung.ts';

const actions = list({ zh: '动作的列表', en: 'a list of actions' }, action);

const finding = record(
  { zh: '发现', en: 'a finding' },
  {
    finding: required(id('发现标识', 'the id of a finding'), '标识，在所有诊断中唯一', 'its id, one in all diagnoses'),
    class: required(
      oneOf(FINDING_CLASSES),
      '哪一类：market 市场、customer 客户、people 人员、process 做法',
      'what it is about: the market, the customer, people, or how the work is done',
    ),
    title: required(text, '名称', 'what people read'),
    when: required(condition, '确定成立时才算发现', 'found where this certainly holds'),
    causes: required(
      list({ zh: '问题的列表', en: 'a list of questions' }, text, { min: 1 }),
      '要问的可能原因',
      'possible causes to ask about',
    ),
    prescription: required(text, '怎样应对', 'what to do about it'),
    owner: required(who, '由谁回答（及其上级）', 'who answers it (and those above them)'),
    respond_within: optional(
      duration(),
      '答复时限；过后提醒',
      'the time there is to answer; they are reminded after it',
    ),
    rungs: optional(
      list({ zh: '各档的列表', en: 'a list of rungs' }, waitingRung, { min: 1 }),
      '没有答复时逐档做什么',
      'what is done while there is no answer, soonest first',
    ),
    do: optional(actions, '发现时就做什么', 'what is done as soon as it is found'),
    on_respond: optional(actions, '答复“应对”后做什么', 'what is done once its owner answers `respond`'),
    again_after: optional(
      duration(),
      '答复过的，情况不变时多久后再提；缺省不再提',
      'how long until it is found again after an answer, while nothing has changed; never when absent',
    ),
  },
);

export const diagnosis = record(
  { zh: '诊断', en: 'a diagnosis' },
  {
    diagnosis: required(
      id('诊断标识', 'the id of the diagnosis'),
      '标识，与文件同名',
      'its id; the file has the same name',
    ),
    title: required(text, '名称', 'what people read'),
    why: optional(text, '为何需要', 'why it exists'),
    of: optional(oneOf(['case', 'rep']), '看什么；缺省 case', 'what it watches; a case when absent'),
    applies_to: required(
      list({ zh: '流程的列表', en: 'a list of pipelines' }, reference('流程名', 'a pipeline'), { min: 1 }),
      '看哪些流程的案件',
      'the pipelines whose cases it watches',
    ),
    findings: required(
      list({ zh: '发现的列表', en: 'a list of findings' }, finding, { min: 1 }),
      '要发现什么',
      'what it looks for',
    ),
  },
);

export type DiagnosisSource = RecordOf<typeof diagnosis.keys>;
export type FindingSource = DiagnosisSource['findings'][number];

/** What its findings do, when found and when answered. */
export function findingActions({ do: atOnce = [], on_respond: later = [] }: FindingSource) {
  return [...atOnce, ...later];
}

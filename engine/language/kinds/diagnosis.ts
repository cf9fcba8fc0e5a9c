/** The kind `diagnosis`: what to watch for, what to ask about when it is found, who answers, and what it starts. */

import { FINDING_CLASSES } from '../../playbook/diagnosis.ts';
import { list, mapOf } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { anything, duration, id, oneOf, reference } from '../shape/scalar.ts';
import { action, who } from './action.ts';
import { condition } from './condition.ts';
import { text } from './text.ts';
import { waitingRung } from './waiting-rung.ts';

const actions = list({ zh: '动作的列表', en: 'a list of actions' }, action);

/** Read when the type of the field it fills is known. */
const proposed = anything('值、{ zh, en }、{ fact: … } 或一段时间', 'a value, { zh, en }, { fact: … } or a duration');

const proposal = record(
  { zh: '提议的辅导', en: 'a proposed flow' },
  {
    coaching: required(reference('辅导名', 'a coaching flow'), '哪个辅导', 'which flow'),
    with: optional(
      mapOf({ zh: '预填的回答', en: 'answers filled in' }, reference('字段名', 'a field of the flow'), proposed),
      '预填的回答；日期字段写多久之后',
      'answers filled in; for a field of type date, how long from then',
    ),
  },
);

/** What a finding is called, says and asks, by whatever it is found. */
export const breachKeys = {
  finding: required(id('发现标识', 'the id of a finding'), '标识，在所有诊断中唯一', 'its id, one in all diagnoses'),
  class: required(
    oneOf(FINDING_CLASSES),
    '哪一类：market 市场、customer 客户、people 人员、process 做法',
    'what it is about: the market, the customer, people, or how the work is done',
  ),
  title: required(text, '名称', 'what people read'),
  causes: required(
    list({ zh: '问题的列表', en: 'a list of questions' }, text, { min: 1 }),
    '要问的可能原因',
    'possible causes to ask about',
  ),
  prescription: required(text, '怎样应对', 'what to do about it'),
  owner: required(who, '由谁回答（及其上级）', 'who answers it (and those above them)'),
  respond_within: optional(duration(), '答复时限；过后提醒', 'the time there is to answer; they are reminded after it'),
  rungs: optional(
    list({ zh: '各档的列表', en: 'a list of rungs' }, waitingRung, { min: 1 }),
    '没有答复时逐档做什么',
    'what is done while there is no answer, soonest first',
  ),
  proposes: optional(
    proposal,
    '答复“应对”后开始的辅导（看人员时）',
    'the flow that begins once its owner answers `respond` (about people)',
  ),
  again_after: optional(
    duration(),
    '答复过的，情况不变时多久后再提；缺省不再提',
    'how long until it is found again after an answer, while nothing has changed; never when absent',
  ),
};

const finding = record(
  { zh: '发现', en: 'a finding' },
  {
    ...breachKeys,
    when: required(condition, '确定成立时才算发现', 'found where this certainly holds'),
    do: optional(actions, '发现时就做什么（看案件时）', 'what is done as soon as it is found (about cases)'),
    on_respond: optional(
      actions,
      '答复“应对”后做什么（看案件时）',
      'what is done once its owner answers `respond` (about cases)',
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
    of: optional(
      oneOf(['case', 'rep']),
      '看什么：case 案件（缺省）、rep 人员',
      'what it watches: cases (the default), or people',
    ),
    applies_to: required(
      list(
        { zh: '流程或职位的列表', en: 'a list of pipelines or posts' },
        reference('流程名；看人员时为职位', 'a pipeline; a post where people are watched'),
        { min: 1 },
      ),
      '看哪些流程的案件，或哪些职位的人员',
      'the pipelines whose cases it watches, or the posts whose holders',
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
export type BreachSource = RecordOf<typeof breachKeys>;

/** Whether it watches people and not cases. */
export function watchesPeople({ of }: Pick<DiagnosisSource, 'of'>): boolean {
  return of?.value === 'rep';
}

/** What its findings do, when found and when answered. */
export function findingActions({ do: atOnce = [], on_respond: later = [] }: FindingSource) {
  return [...atOnce, ...later];
}

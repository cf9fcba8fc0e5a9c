/** The kind `coaching`: a flow that whoever coaches and a rep go through together, step by step. */

import { COACHING_SIDES } from '../../playbook/coaching.ts';
import { list } from '../shape/collection.ts';
import { optional, type RecordOf, record, required, variants } from '../shape/record.ts';
import { duration, id, oneOf, plain, reference, wholeNumber } from '../shape/scalar.ts';
import { condition } from './condition.ts';
import { fields } from './form.ts';
import { text } from './text.ts';
import { waitingRung } from './waiting-rung.ts';

const check = record(
  { zh: '检查', en: 'a check' },
  {
    when: required(condition, '须成立，才收下这一步', 'what must hold for the step to be taken'),
    otherwise: required(text, '不成立时说什么', 'what is said where it does not'),
  },
);

const step = record(
  { zh: '一步', en: 'a step' },
  {
    step: required(id('步骤标识', 'the id of a step'), '标识', 'its id'),
    title: required(text, '名称', 'what people read'),
    by: required(
      oneOf(COACHING_SIDES),
      '轮到谁：rep 被辅导的人、coach 辅导的人、either 任一方',
      'whose turn it is: the rep, whoever coaches, or either',
    ),
    prompt: required(text, '问什么', 'what is asked'),
    guidance: optional(text, '怎样做好', 'how to do it well'),
    good: optional(text, '好的例子', 'a good example'),
    poor: optional(text, '差的例子', 'a poor example'),
    fields: optional(fields, '要回答的', 'what is answered'),
    checks: optional(
      list({ zh: '检查的列表', en: 'a list of checks' }, check, { min: 1 }),
      '收下前检查什么',
      'what is checked before it is taken',
    ),
    points_at: optional(
      reference('本步的文字字段', 'a field of type text of this step'),
      '填案件编号的字段：所说的必须真有其事',
      'the field that names a case: what is said must have happened',
    ),
    judging_words: optional(
      list({ zh: '词的列表', en: 'a list of words' }, plain('一个词', 'a word'), { min: 1 }),
      '评判人的词；用了就指出来',
      'words that judge the person: where one is used, it is pointed out',
    ),
    sent_back_to: optional(
      reference('之前的一步', 'a step before'),
      '这一步是同意；不同意就退回那一步',
      'this step is an agreement; who does not agree sends it back there',
    ),
    within: required(duration(), '作答时限；过后提醒', 'the time there is to answer; a reminder comes after it'),
    rungs: optional(
      list({ zh: '各档的列表', en: 'a list of rungs' }, waitingRung, { min: 1 }),
      '没有作答时逐档做什么',
      'what is done while there is no answer, soonest first',
    ),
  },
);

const fieldOf = reference('字段名', 'a field of a step');
const flow = reference('辅导名', 'a coaching flow');

const ends = {
  when_met: optional(flow, '达到后开始的辅导', 'the flow that opens when it was met'),
  when_missed: optional(flow, '未达到时开始的辅导', 'the flow that opens when it was missed'),
};

const goal = record(
  { zh: '目标', en: 'a goal' },
  {
    goal: required(fieldOf, '写目标的字段', 'the field that says what it is'),
    due_on: required(fieldOf, '到期日的字段', 'the field with its last day'),
    measure: required(fieldOf, '选指标的字段', 'the field that chooses its measure'),
    realistic: required(fieldOf, '现实值的字段', 'the field with the realistic level'),
    ideal: optional(fieldOf, '理想值的字段', 'the field with the ideal level'),
    ...ends,
  },
);

const agreement = record(
  { zh: '约定', en: 'an agreement' },
  {
    agreement: required(fieldOf, '写约定的字段', 'the field that says what it is'),
    due_on: required(fieldOf, '检查日的字段', 'the field with the day on which it is checked'),
    ...ends,
  },
);

export const coaching = record(
  { zh: '辅导', en: 'a coaching flow' },
  {
    coaching: required(id('辅导标识', 'the id of the flow'), '标识，与文件同名', 'its id; the file has the same name'),
    title: required(text, '名称', 'what people read'),
    why: optional(text, '为何需要', 'why it exists'),
    calendar: required(reference('日历名', 'a calendar'), '时限按哪个日历', 'the calendar its times count in'),
    postpone: required(
      record(
        { zh: '推迟的限度', en: 'how often it may be put off' },
        {
          times: required(wholeNumber(), '最多几次', 'how often at most'),
          at_most: required(duration(), '每次最多多久', 'how long at most, each time'),
        },
      ),
      '可以推迟几次、多久',
      'how often and for how long it may be put off',
    ),
    steps: required(
      list({ zh: '步骤的列表', en: 'a list of steps' }, step, { min: 1 }),
      '依次做什么',
      'what is done, in order',
    ),
    leaves: optional(
      variants({ zh: '留下什么', en: 'what it leaves' }, { goal, agreement }),
      '谈定后留下什么',
      'what is agreed at its end',
    ),
  },
);

export type CoachingSource = RecordOf<typeof coaching.keys>;
export type CoachingStepSource = CoachingSource['steps'][number];
export type CoachingLeavesSource = NonNullable<CoachingSource['leaves']>;

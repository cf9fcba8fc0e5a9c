/** The kind `rhythm`: duties that come again and again, in the calendar of those whose they are. */

import { DUTY_SIDES } from '../../playbook/rhythm.ts';
import { DAY_OFF_RULES, parseRecurrence, type Recurrence } from '../../time/recurrence.ts';
import { list } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { duration, id, oneOf, reference, scalar, yesNo } from '../shape/scalar.ts';
import type { Shape, Token } from '../shape/shape.ts';
import { who } from './action.ts';
import { condition } from './condition.ts';
import { fields } from './form.ts';
import { text } from './text.ts';
import { waitingRung } from './waiting-rung.ts';

function recurrence(): Shape<Token<Recurrence>> {
  return scalar({ zh: '周期', en: 'a recurrence' }, { type: 'string', pattern: '^every .+' }, ({ text: written }) => {
    const parsed = parseRecurrence(written);
    if (parsed.ok) return { value: parsed.recurrence };
    return { fail: (node, report) => report('bad-recurrence', node.place, { written }, { hint: parsed.hint }) };
  });
}

const shortfall = record(
  { zh: '不足', en: 'a shortfall' },
  {
    when: required(condition, '这段日子的指标怎样算不足', 'what the measures of its days say when it falls short'),
    coaching: required(reference('辅导名', 'a coaching flow'), '开始哪个辅导', 'the flow that begins'),
  },
);

const reading = record(
  { zh: '阅看', en: 'a reading' },
  {
    within: required(duration(), '做完后多久内看', 'how long there is to read it, once it is done'),
    notify: required(who, '没看就告知谁', 'who is told where nobody did'),
  },
);

const duty = record(
  { zh: '例行事项', en: 'a duty' },
  {
    duty: required(id('事项标识', 'the id of a duty'), '标识，在所有节奏中唯一', 'its id, one in all rhythms'),
    title: required(text, '名称', 'what people read'),
    prompt: optional(text, '要做什么', 'what is asked'),
    every: required(recurrence(), '多久一次，何时到期', 'how often, and when it is due'),
    on_day_off: optional(
      oneOf(DAY_OFF_RULES),
      '那天休息时：before 前一个工作日（缺省）、after 后一个、skip 不做，都在那一周之内',
      'where that is a day off: the working day before it (the default) or after it, within its week, or not at all',
    ),
    opens: optional(
      duration(),
      '到期前多久可以做；缺省为当天',
      'how long before it is due it can be done; that day when absent',
    ),
    by: optional(
      oneOf(DUTY_SIDES),
      '谁来做：self 本人（缺省）、coach 辅导的人',
      'whose it is: their own (the default), or that of whoever coaches them',
    ),
    announced: optional(
      yesNo(),
      '事先告知本人（上级做的事）',
      'the person is told beforehand (of what whoever coaches does)',
    ),
    for_first: optional(duration(), '只在到岗后这段时间', 'only for so long after they came into their post'),
    fields: optional(fields, '要填的', 'what is answered'),
    rungs: optional(
      list({ zh: '各档的列表', en: 'a list of rungs' }, waitingRung, { min: 1 }),
      '到期没做时逐档做什么',
      'what is done where it was not, counted from when it was due',
    ),
    missed_after: required(duration(), '到期后多久算缺', 'how long after it was due it is missed'),
    read: optional(reading, '上级要看', 'whoever coaches must read it'),
    decides: optional(
      reference('多行字段', 'a field of type rows'),
      '每行一项决定：一列文字、一列人员、一列日期；成为那人的事项',
      'each row is a decision, with one column of type text, one person and one date: a duty of that person',
    ),
    short: optional(shortfall, '指标不足时开始辅导', 'begins a flow where the measures fall short'),
  },
);

export const rhythm = record(
  { zh: '节奏', en: 'a rhythm' },
  {
    rhythm: required(id('节奏标识', 'the id of the rhythm'), '标识，与文件同名', 'its id; the file has the same name'),
    title: required(text, '名称', 'what people read'),
    why: optional(text, '为何需要', 'why it exists'),
    calendar: required(reference('日历名', 'a calendar'), '按哪个日历', 'the calendar it is kept in'),
    applies_to: required(
      list({ zh: '职位的列表', en: 'a list of posts' }, reference('职位名', 'a post'), { min: 1 }),
      '哪些职位',
      'the posts that keep it',
    ),
    duties: required(
      list({ zh: '事项的列表', en: 'a list of duties' }, duty, { min: 1 }),
      '例行做什么',
      'what is done again and again',
    ),
  },
);

export type RhythmSource = RecordOf<typeof rhythm.keys>;
export type DutySource = RhythmSource['duties'][number];

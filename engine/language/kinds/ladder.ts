/** The kind `ladder`: when a stall begins, its rungs, and the decision the top rung demands. */

import { list, mapOf, wordOr } from '../shape/collection.ts';
import { optional, type RecordOf, record, required, variants } from '../shape/record.ts';
import { duration, id, oneOf, plain, reference } from '../shape/scalar.ts';
import { action, who } from './action.ts';
import { condition } from './condition.ts';
import { fields } from './form.ts';
import { text } from './text.ts';

const start = wordOr(
  oneOf(['timebox']),
  variants(
    { zh: '停滞的开始', en: 'what starts a stall' },
    {
      no_activity: record(
        { zh: '无活动', en: 'inactivity' },
        { no_activity: required(duration(), '这么久没有活动', 'nothing was logged for so long') },
      ),
      due: record(
        { zh: '到期', en: 'a due date' },
        { due: required(reference('日期类型的事实', 'a fact of type date'), '这一天过完', 'this day is over') },
      ),
    },
  ),
);

const ways = mapOf(
  { zh: '处理方式', en: 'ways to answer' },
  plain('处理方式', 'a way'),
  list({ zh: '该方式需要的内容', en: 'what that way needs' }, plain('内容', 'an argument')),
);

const demand = record(
  { zh: '要求决定', en: 'a demand' },
  {
    of: required(who, '由谁决定', 'who must decide'),
    ways: required(
      ways,
      'push、fall_back、hand_over、close_lost 及各自需要的内容',
      'push, fall_back, hand_over, close_lost, with what each needs',
    ),
    fields: optional(fields, '随决定记录', 'what is recorded with the decision'),
  },
);

const rung = record(
  { zh: '阶梯的一档', en: 'a rung' },
  {
    after: required(duration(), '从停滞开始算起', 'counted from the start of the stall'),
    do: optional(list({ zh: '动作的列表', en: 'a list of actions' }, action), '做什么', 'what is done'),
    demand: optional(demand, '要求作出决定（仅最高一档）', 'a decision that is demanded (the top rung only)'),
  },
);

export const ladder = record(
  { zh: '阶梯', en: 'a ladder' },
  {
    ladder: required(id('阶梯标识', 'the id of the ladder'), '标识，与文件同名', 'its id; the file has the same name'),
    title: required(text, '名称', 'what people read'),
    starts: required(
      list({ zh: '开始条件的列表', en: 'a list of starts' }, start, { min: 1 }),
      '何时算停滞，先到为准',
      'when a stall begins; whichever comes first',
    ),
    pauses_while: optional(condition, '满足时停表（只看事实）', 'the clock stands while this holds (facts only)'),
    pause_budget: optional(
      duration(),
      '每次停留可停表多久，snooze 同享',
      'how long it may stand in one stay; snooze draws on it too',
    ),
    ends_when: required(
      list({ zh: '结束条件的列表', en: 'a list of ends' }, oneOf(['activity', 'advance', 'resolve']), { min: 1 }),
      '何时结束停滞',
      'what ends a stall',
    ),
    rungs: required(
      list({ zh: '各档的列表', en: 'a list of rungs' }, rung, { min: 1 }),
      '各档，按时间先后',
      'the rungs, soonest first',
    ),
  },
);

export type LadderSource = RecordOf<typeof ladder.keys>;
export type RungSource = LadderSource['rungs'][number];
export type DemandSource = RecordOf<typeof demand.keys>;

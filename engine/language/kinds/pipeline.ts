/** The kind `pipeline`: subject, facts, stages, and the ways to close. */

import { list, mapOf, wordOr } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { duration, factName, id, percent, reference } from '../shape/scalar.ts';
import { entryAction } from './action.ts';
import { condition } from './condition.ts';
import { evidenceList } from './evidence.ts';
import { fact } from './form.ts';
import { inspection } from './inspection.ts';
import { text } from './text.ts';
import { waiver } from './waiver.ts';

const milestone = record(
  { zh: '里程碑', en: 'a milestone' },
  {
    milestone: required(id('里程碑标识', 'the id of a milestone'), '标识', 'its id'),
    title: required(text, '名称', 'what people read'),
    when: required(condition, '何时算达到', 'when it is reached'),
    waiver: optional(waiver, '可以怎样豁免；缺省不可', 'how it may be waived; not at all when absent'),
  },
);

const questions = record(
  { zh: '提问', en: 'questions' },
  { weak: required(text, '弱问题', 'what not to ask'), strong: required(text, '强问题', 'what to ask instead') },
);

const timebox = record(
  { zh: '有条件的时限', en: 'a timebox' },
  {
    when: optional(condition, '条件', 'when this one counts'),
    is: required(duration(), '时限', 'how long a case should stay'),
  },
);

const entryActions = list({ zh: '动作的列表', en: 'a list of actions' }, entryAction, { min: 1 });

const stage = record(
  { zh: '阶段', en: 'a stage' },
  {
    stage: required(id('阶段标识', 'the id of a stage'), '标识', 'its id'),
    title: required(text, '名称', 'what people read'),
    success_rate: required(percent(), '阶段成功率', 'how likely a case here is to be won'),
    purpose: optional(text, '目的', 'what the stage is for'),
    timebox: optional(
      wordOr(duration(), list({ zh: '时限的列表', en: 'a list of timeboxes' }, timebox, { min: 1 })),
      '应在多久内完成；可按条件列出，取第一个成立的',
      'how long a case should stay; of a list, the first whose condition holds',
    ),
    ladder: optional(reference('阶梯名', 'a ladder'), '停滞时采用的阶梯', 'what happens when it stalls'),
    evidence: optional(evidenceList, '需要的证据', 'what must be shown'),
    milestones: optional(
      list({ zh: '里程碑的列表', en: 'a list of milestones' }, milestone),
      '离开前须全部达到',
      'all must be reached before leaving',
    ),
    questions: optional(questions, '弱问题与强问题', 'the weak question and the strong one'),
    actions: optional(list({ zh: '文字的列表', en: 'a list of texts' }, text), '管理动作', 'what management does'),
    on_enter: optional(
      entryActions,
      '进入此阶段（包括开案在此）时做什么',
      'what is done when a case comes into the stage or opens in it',
    ),
    enter_when: optional(condition, '进入的条件', 'what must hold to enter'),
    leave_when: optional(condition, '离开的条件，里程碑之外', 'what must hold to leave, besides the milestones'),
  },
);

const openAt = wordOr(
  reference('阶段名', 'a stage'),
  record(
    { zh: '有条件的起点', en: 'a stage with a condition' },
    {
      stage: required(reference('阶段名', 'a stage'), '阶段', 'the stage'),
      when: optional(condition, '条件', 'when a case may open here'),
    },
  ),
);

const closeWhen = record(
  { zh: '关闭条件', en: 'conditions to close' },
  {
    won: optional(condition, '赢单须满足', 'what must hold to be won'),
    lost: optional(condition, '输单须满足', 'what must hold to be lost'),
  },
);

const stageNames = mapOf({ zh: '阶段的别名', en: 'names of stages' }, reference('阶段名', 'a stage'), text);

export const pipeline = record(
  { zh: '流程', en: 'a pipeline' },
  {
    pipeline: required(
      id('流程标识', 'the id of the pipeline'),
      '标识，与文件同名',
      'its id; the file has the same name',
    ),
    title: required(text, '名称', 'what people read'),
    why: optional(text, '为何需要', 'why it exists'),
    subject: required(id('对象', 'a subject'), '走此流程的是什么', 'what walks through it, such as opportunity'),
    applies_when: optional(condition, '适用范围', 'which cases it is for'),
    calendar: required(reference('日历名', 'a calendar'), '计时所用日历', 'the calendar its clocks count in'),
    aliases: optional(
      mapOf({ zh: '别名集', en: 'sets of names' }, id('别名集', 'a set of names'), stageNames),
      '阶段的其他叫法',
      'other names for the stages, by set',
    ),
    facts: optional(
      mapOf({ zh: '事实', en: 'facts' }, factName('事实名', 'the name of a fact'), fact),
      '对案例所知的事',
      'what is known of a case',
    ),
    activities: optional(
      mapOf({ zh: '活动', en: 'activities' }, id('活动', 'an activity'), text),
      '除 call、visit、meeting、mail、other 外的活动种类',
      'kinds of activity besides call, visit, meeting, mail and other',
    ),
    open_at: required(
      list({ zh: '阶段的列表', en: 'a list of stages' }, openAt, { min: 1 }),
      '可从哪些阶段开始，第一个为缺省',
      'where a case may open; the first is the default',
    ),
    won_on_leaving: optional(
      reference('阶段名', 'a stage'),
      '离开此阶段即赢单',
      'leaving this stage wins; the last one when absent',
    ),
    on_win: optional(entryActions, '赢单时做什么', 'what is done when a case is won'),
    lost_reasons: optional(
      mapOf({ zh: '输单原因', en: 'reasons' }, id('原因', 'a reason'), text),
      '输单原因',
      'why a case may be lost',
    ),
    close_when: optional(closeWhen, '关闭的条件', 'what must hold to close'),
    inspection: optional(inspection, '经理盘问时依次问什么', 'what a manager asks in an inspection, in order'),
    stages: required(
      list({ zh: '阶段的列表', en: 'a list of stages' }, stage, { min: 1 }),
      '阶段，按顺序',
      'the stages, in order',
    ),
  },
);

export type PipelineSource = RecordOf<typeof pipeline.keys>;
export type StageSource = PipelineSource['stages'][number];

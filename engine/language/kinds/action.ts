/** The small language of actions: what a rung does, or entering a stage, or winning. */

import { mapOf, wordOr } from '../shape/collection.ts';
import { optional, record, required, variants } from '../shape/record.ts';
import { anything, duration, id, oneOf, reference } from '../shape/scalar.ts';
import type { Read } from '../shape/shape.ts';
import { condition } from './condition.ts';
import { text } from './text.ts';

/** Settled when roles and facts are known. */
export const who = reference(
  'owner、manager、anyone_with_authority、职位或人员类型的事实',
  'owner, manager, anyone_with_authority, a role, or a fact of type person',
);

const words = optional(text, '附带的话', 'words that go with it');

/** Read when the type of the fact it fills is known. */
const handed = anything('值、{ fact: … } 或 { row: … }', 'a value, { fact: … } or { row: … }');

const start = record(
  { zh: '开始一个案件', en: 'a start' },
  {
    start: required(reference('流程名', 'a pipeline'), '新案件走的流程', 'the pipeline that the new case walks'),
    when: optional(condition, '满足才开始（看本案）', 'started only where this holds of this case'),
    for_each: optional(
      reference('多行的事实', 'a fact of type rows'),
      '每行各开一个案件',
      'one case for each row of this fact',
    ),
    key: optional(
      reference('字段名', 'a field of the rows'),
      '区分各行的字段；缺省为行号',
      'the field that tells the rows apart; their number when absent',
    ),
    title: optional(
      text,
      '名称的后半；缺省为流程名称',
      'the latter part of its title; that of the pipeline when absent',
    ),
    owner: optional(
      wordOr(
        who,
        record(
          { zh: '本行的人员', en: 'a person of the row' },
          { row: required(reference('字段名', 'a field'), '本行的人员字段', 'a field of the row, of type person') },
        ),
      ),
      '负责人；缺省为 owner',
      'who owns it; the owner of this case when absent',
    ),
    with: optional(
      mapOf({ zh: '交下的事实', en: 'facts handed down' }, reference('事实名', 'a fact'), handed),
      '新案件的事实从哪里来',
      'what facts of the new case are filled from',
    ),
    on_lost: optional(
      wordOr(
        oneOf(['leave']),
        record(
          { zh: '随之关闭', en: 'closing it too' },
          {
            close: required(
              reference('输单原因', 'a reason'),
              '新案件流程的输单原因',
              'one of the lost reasons of its pipeline',
            ),
          },
        ),
      ),
      '本案输单时：leave（缺省）照常进行，或以此原因关闭',
      'when this case is lost: leave (the default) lets it go on, or it is closed for this reason',
    ),
    on_reopen: optional(
      oneOf(['reopen', 'leave']),
      '本案重新打开时，随本案关闭的它：reopen（缺省）随之重开，或 leave',
      'when this case is reopened, and its loss had closed the other: reopen (the default) or leave',
    ),
    on_hand_over: optional(
      oneOf(['follow', 'stay']),
      '本案转交时：follow（缺省）若属原负责人则随之转交，或 stay',
      'when this case is handed over: follow (the default) goes along where the old owner had it, or stay',
    ),
  },
);

const task = record(
  { zh: '任务', en: 'a task' },
  {
    task: required(text, '做什么', 'what is to be done'),
    owner: optional(who, '谁来做；缺省为 owner', 'who does it; the owner when absent'),
    due: required(duration(), '从此刻起的期限', 'how long there is, from then on'),
  },
);

/** Nothing has stalled when a case comes into a stage: what belongs to a stall is not among these. */
export const entryAction = variants({ zh: '进入时的动作', en: 'what entering does' }, { start, task });

export type EntryActionSource = Read<typeof entryAction>;
export type StartSource = Extract<EntryActionSource, { readonly kind: 'start' }>['body'];

export const action = variants(
  { zh: '动作', en: 'an action' },
  {
    remind: record(
      { zh: '提醒', en: 'a reminder' },
      { remind: required(who, '轮到谁', 'whose turn it is'), text: words },
    ),
    notify: record({ zh: '通知', en: 'a notice' }, { notify: required(who, '告知谁', 'who is told'), text: words }),
    task,
    start,
    require: record(
      { zh: '要求证据', en: 'a demand for evidence' },
      { require: required(reference('证据名', 'an evidence'), '下次推进前必须有', 'needed before the next advance') },
    ),
    hand_over: record({ zh: '转交', en: 'a handover' }, { hand_over: required(who, '交给谁', 'who takes it over') }),
    flag: record(
      { zh: '标记', en: 'a flag' },
      { flag: required(id('标记', 'a flag'), '显示到停滞结束', 'shown until the stall ends') },
    ),
    send: record(
      { zh: 'webhook', en: 'a webhook' },
      {
        send: required(
          id('目的地', 'a destination'),
          '安装时按名称配置的目的地',
          'a destination the installation knows by name',
        ),
      },
    ),
  },
);

export type ActionSource = Read<typeof action>;

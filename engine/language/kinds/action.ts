/** The small language of actions: what a rung does. */

import { optional, record, required, variants } from '../shape/record.ts';
import { duration, id, reference } from '../shape/scalar.ts';
import type { Read } from '../shape/shape.ts';
import { text } from './text.ts';

/** Settled when roles and facts are known. */
export const who = reference(
  'owner、manager、anyone_with_authority、职位或人员类型的事实',
  'owner, manager, anyone_with_authority, a role, or a fact of type person',
);

const words = optional(text, '附带的话', 'words that go with it');

export const action = variants(
  { zh: '动作', en: 'an action' },
  {
    remind: record(
      { zh: '提醒', en: 'a reminder' },
      { remind: required(who, '轮到谁', 'whose turn it is'), text: words },
    ),
    notify: record({ zh: '通知', en: 'a notice' }, { notify: required(who, '告知谁', 'who is told'), text: words }),
    task: record(
      { zh: '任务', en: 'a task' },
      {
        task: required(text, '做什么', 'what is to be done'),
        owner: optional(who, '谁来做；缺省为 owner', 'who does it; the owner when absent'),
        due: required(duration(), '从此刻起的期限', 'how long there is, from then on'),
      },
    ),
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
  { notYet: ['start'] },
);

export type ActionSource = Read<typeof action>;

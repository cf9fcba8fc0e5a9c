/** What a case says of what does not fit the playbook, or the world as it is; one entry a code. */

import type { Text } from '../../playbook/text.ts';
import type { Say } from './say.ts';

export const PROBLEM_TEXTS = {
  'no-such-case': () => ({ zh: '没有这个案件', en: 'there is no such case' }),
  'pipeline-unknown': (id: string) => ({ zh: `没有流程 ${id}`, en: `there is no pipeline ${id}` }),
  'pipelines-several': (ids: string) => ({
    zh: `有多个流程适用，请指明一个：${ids}`,
    en: `several pipelines apply, name one of ${ids}`,
  }),
  'stage-unknown': (id: string) => ({ zh: `没有阶段 ${id}`, en: `there is no stage ${id}` }),
  'evidence-named-twice': (id: string) => ({ zh: `证据 ${id} 写了两次`, en: `evidence ${id} is named twice` }),
  'milestone-unknown': (id: string) => ({ zh: `没有里程碑 ${id}`, en: `there is no milestone ${id}` }),
  'gate-unknown': (id: string) => ({ zh: `没有关口 ${id}`, en: `there is no gate ${id}` }),
  'evidence-unknown': (id: string) => ({ zh: `没有证据 ${id}`, en: `there is no evidence ${id}` }),
  'approval-unknown': (id: string) => ({ zh: `没有审批 ${id}`, en: `there is no approval ${id}` }),
  'approval-step-unknown': (id: string) => ({ zh: `没有步骤 ${id}`, en: `there is no step ${id}` }),
  'decision-unknown': (id: string) => ({ zh: `没有决策 ${id}`, en: `there is no decision ${id}` }),
  'finding-unknown': (id: string) => ({
    zh: `没有发现 ${id}，见案件的 findings`,
    en: `there is no finding ${id}; the case lists those it has`,
  }),
  'decision-by-facts': (id: string) => ({
    zh: `决策 \`${id}\` 只由事实得出，不用回答`,
    en: `decision \`${id}\` follows from the facts alone, nobody answers it`,
  }),
  'answers-missing': () => ({ zh: '没有给出回答', en: 'gives no answer' }),
  'question-unknown': (id: string) => ({ zh: `没有问题 ${id}`, en: `there is no question ${id}` }),
  'answer-unknown': (id: string, known: string) => ({
    zh: `没有答案 ${id}，可选 ${known}`,
    en: `there is no answer ${id}, only ${known}`,
  }),
  'question-by-facts': (id: string, answer: string) => ({
    zh: `问题 \`${id}\` 由事实回答：\`${answer}\``,
    en: `the facts answer question \`${id}\`: \`${answer}\``,
  }),
  'question-not-reached': (id: string) => ({
    zh: `按前面的答案不会问到 \`${id}\``,
    en: `the answers before it do not lead to question \`${id}\``,
  }),
  'answer-missing': (id: string, title: Text, known: string) => ({
    zh: `问题 \`${id}\`（${title.zh}）还没有回答，可选 ${known}`,
    en: `question \`${id}\` (${title.en}) is still to be answered, by one of ${known}`,
  }),
  'fact-unknown': (id: string) => ({ zh: `没有事实 ${id}`, en: `there is no fact ${id}` }),
  'fact-derived': (id: string) => ({
    zh: `事实 ${id} 由公式算出，不能设置`,
    en: `fact ${id} is computed and cannot be set`,
  }),
  'facts-missing': () => ({ zh: '没有要设置的事实', en: 'names no fact to set' }),
  'activity-unknown': (id: string) => ({ zh: `没有活动类型 ${id}`, en: `there is no kind of activity ${id}` }),
  'child-unknown': (id: string) => ({ zh: `没有由它开始的案件 ${id}`, en: `this case started no ${id}` }),
  'task-unknown': (id: string) => ({ zh: `没有任务 ${id}`, en: `there is no task ${id}` }),
  'person-unknown': (id: string) => ({ zh: `没有人员 ${id}`, en: `there is no person ${id}` }),
  'person-inactive': (id: string) => ({ zh: `人员 ${id} 不在职`, en: `person ${id} is not active` }),
  'lost-reason-missing': (known: string) => ({
    zh: `丢单必须给出原因，可选 ${known}`,
    en: `a lost case needs a reason, one of ${known}`,
  }),
  'lost-reason-unknown': (id: string, known: string) => ({
    zh: `没有丢单原因 ${id}，可选 ${known}`,
    en: `there is no lost reason ${id}, only ${known}`,
  }),
  'reason-not-taken': () => ({ zh: '赢单不需要原因', en: 'a won case takes no reason' }),
  'date-in-future': () => ({ zh: '日期不能在将来', en: 'the date lies in the future' }),
  'date-in-past': () => ({ zh: '日期已过', en: 'the date has passed' }),
  'date-not-ahead': () => ({ zh: '日期必须在今天之后', en: 'the date must lie after today' }),
  'argument-missing': (name: string) => ({ zh: `缺少 \`${name}\``, en: `\`${name}\` is missing` }),
  'way-not-offered': (way: string, offered: string) => ({
    zh: `这里不能选择 \`${way}\`，可选 ${offered}`,
    en: `\`${way}\` is not offered here, only ${offered}`,
  }),
} as const satisfies Record<string, Say>;

/** What a case tells people about itself, in both languages. */

import type { Text } from '../playbook/text.ts';
import type { Stall } from './state.ts';

/** A subject line: what has happened, and to which case. */
export const MESSAGE_TITLES = {
  reminder: (title: string) => ({ zh: `停滞提醒：${title}`, en: `stalled: ${title}` }),
  notice: (title: string) => ({ zh: `停滞通报：${title}`, en: `stalled: ${title}` }),
  demand: (title: string) => ({ zh: `需要决定：${title}`, en: `decision needed: ${title}` }),
  evidence_to_accept: (title: string) => ({ zh: `待验收证据：${title}`, en: `evidence to settle: ${title}` }),
  evidence_settled: (title: string) => ({ zh: `证据验收结果：${title}`, en: `evidence settled: ${title}` }),
  task: (title: string) => ({ zh: `新任务：${title}`, en: `new task: ${title}` }),
  handed_over: (title: string) => ({ zh: `案件转交：${title}`, en: `handed over: ${title}` }),
} as const satisfies Record<string, (title: string) => Text>;

export interface StallFacts {
  /** The stage's title. */
  readonly stage: Text;
  /** `yyyy-MM-dd`. */
  readonly since: string;
  readonly cause: Stall['cause'];
  readonly owner: string;
}

export function reminderText(facts: StallFacts): Text {
  const { zh, en } = stallText(facts);
  return {
    zh: `${zh}。请推进、记录活动或安排下一步`,
    en: `${en}; advance it, log what was done, or plan the next step`,
  };
}

export function noticeText(facts: StallFacts): Text {
  const { zh, en } = stallText(facts);
  return { zh: `${zh}。负责人：${facts.owner}`, en: `${en}; it belongs to ${facts.owner}` };
}

/** @param ways as the command `resolve` takes them */
export function demandText(facts: StallFacts, ways: readonly string[]): Text {
  const { zh, en } = stallText(facts);
  const list = ways.map((way) => `\`${way}\``);
  return {
    zh: `${zh}。负责人：${facts.owner}。请决定：${list.join('、')}`,
    en: `${en}; it belongs to ${facts.owner}; decide on one of ${list.join(', ')}`,
  };
}

function stallText({ stage, since, cause }: StallFacts): Text {
  switch (cause) {
    case 'timebox':
      return {
        zh: `在阶段“${stage.zh}”已超过时限，自 ${since} 起停滞`,
        en: `over the time for stage "${stage.en}", stalled since ${since}`,
      };
    case 'due':
      return {
        zh: `在阶段“${stage.zh}”已到期，自 ${since} 起逾期`,
        en: `past its due date in stage "${stage.en}", overdue since ${since}`,
      };
    case 'no_activity':
      return {
        zh: `在阶段“${stage.zh}”没有活动，自 ${since} 起停滞`,
        en: `no activity in stage "${stage.en}", stalled since ${since}`,
      };
  }
}

export function evidenceToAcceptText(evidence: string, title: Text, by: string): Text {
  return {
    zh: `${by} 提交了证据 \`${evidence}\`（${title.zh}），等待你验收`,
    en: `${by} submitted evidence \`${evidence}\` (${title.en}), which waits for you`,
  };
}

export function evidenceAcceptedText(evidence: string, title: Text, by: string, note?: string): Text {
  return {
    zh: `${by} 验收了证据 \`${evidence}\`（${title.zh}）${note === undefined ? '' : `：${note}`}`,
    en: `${by} accepted evidence \`${evidence}\` (${title.en})${note === undefined ? '' : `: ${note}`}`,
  };
}

export function evidenceRejectedText(evidence: string, title: Text, by: string, reason: string): Text {
  return {
    zh: `${by} 驳回了证据 \`${evidence}\`（${title.zh}）：${reason}`,
    en: `${by} rejected evidence \`${evidence}\` (${title.en}): ${reason}`,
  };
}

/** @param due `yyyy-MM-dd`, the last day for it */
export function taskText(title: string, due?: string): Text {
  return due === undefined ? { zh: title, en: title } : { zh: `${title}，${due} 前完成`, en: `${title}, by ${due}` };
}

/** As said to somebody in the place of another. */
export function onBehalfText(text: Text, name: string): Text {
  return { zh: `${text.zh}（代 ${name}）`, en: `${text.en} (on behalf of ${name})` };
}

/** @param name of the owner who has left */
export function ownerLeftText(name: string, to: string): Text {
  return { zh: `${name} 已离职，由 ${to} 接手`, en: `${name} has left; it goes to ${to}` };
}

/** @param plot its id, or `named` */
export function assignedText(plot: string): Text {
  return plot === 'named'
    ? { zh: '指名客户，归你负责', en: 'a named account of yours' }
    : { zh: `在你的井田 \`${plot}\` 里，归你负责`, en: `it lies in your plot \`${plot}\`` };
}

export function handedOverText(from: string, to: string, reason?: string): Text {
  return {
    zh: `由 ${from} 转交给 ${to}${reason === undefined ? '' : `：${reason}`}`,
    en: `from ${from} to ${to}${reason === undefined ? '' : `: ${reason}`}`,
  };
}

/** @param ours the stage where the case stands here */
export function changeToSettleText(was: Text, now: Text, ours: Text): Text {
  return {
    zh: `CRM 里从“${was.zh}”改成了“${now.zh}”，这里在“${ours.zh}”。案件冻结，等你决定：\`settle_change ours\` 以这里为准，\`settle_change crm\` 照 CRM 改并记欠证据`,
    en: `the CRM changed it from "${was.en}" to "${now.en}"; here it stands in "${ours.en}". It is held until you decide: \`settle_change ours\` keeps it, \`settle_change crm\` follows the CRM and owes the evidence`,
  };
}

/** @param facts titles of those that changed */
export function decisionToAnswerText(id: string, title: Text, because: 'facts' | 'time', facts: readonly Text[]): Text {
  const names = { zh: facts.map(({ zh }) => zh).join('、'), en: facts.map(({ en }) => en).join(', ') };
  const why =
    because === 'time'
      ? { zh: '回答已过期', en: 'its answers are too old' }
      : { zh: `${names.zh}变了`, en: `${names.en} changed` };
  return {
    zh: `决策 \`${id}\`（${title.zh}）要重新回答：${why.zh}`,
    en: `decision \`${id}\` (${title.en}) must be answered again: ${why.en}`,
  };
}

export function outcomeText(decision: Text, outcomes: readonly Text[]): Text {
  return {
    zh: `${decision.zh}：${outcomes.map(({ zh }) => zh).join('、')}`,
    en: `${decision.en}: ${outcomes.map(({ en }) => en).join(', ')}`,
  };
}

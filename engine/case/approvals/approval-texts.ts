/** What a case tells people about its approvals, in both languages. */

import type { Advice, ApprovalOutcome } from '../../parts/approval/record.ts';
import type { Text } from '../../playbook/text.ts';

/** How it ended, as a verb to the approval. */
export const OUTCOME_WORDS: Readonly<Record<ApprovalOutcome, Text>> = {
  approved: { zh: '已通过', en: 'was given' },
  rejected: { zh: '被驳回', en: 'was rejected' },
  sent_back: { zh: '被退回', en: 'was sent back' },
  recalled: { zh: '已撤回', en: 'was recalled' },
  void: { zh: '已作废', en: 'is void' },
  lapsed: { zh: '已失效', en: 'has lapsed' },
};

const BECAUSE: Readonly<Record<string, Text>> = {
  changed: { zh: '所审内容变了', en: 'what was reviewed has changed' },
  own: { zh: '审批人现在成了负责人或提交人', en: 'who answered has come to own the case or asks for it now' },
  moved: { zh: '案件换了流程', en: 'the case has moved to another pipeline' },
  finished: { zh: '案件已结束', en: 'the case is finished' },
  cancelled: { zh: '已取消', en: 'it was cancelled' },
  no_answer: { zh: '一直没有答复', en: 'nobody answered' },
  too_old: { zh: '过了有效期', en: 'it was given too long ago' },
};

export interface AskFacts {
  /** Of the approval and of the step. */
  readonly title: Text;
  readonly step: Text;
  readonly by: string;
  /** What an answer names, as `playrail do ID` takes it. */
  readonly command: string;
  /** `yyyy-MM-dd`, the last day to answer. */
  readonly due?: string;
  /** Titles of what is not as it was when the step was last asked. */
  readonly changed: readonly Text[];
}

export const APPROVAL_TITLES = {
  approval_to_give: (title: string): Text => ({ zh: `待审批：${title}`, en: `approval needed: ${title}` }),
  approval_settled: (title: string): Text => ({ zh: `审批结果：${title}`, en: `approval settled: ${title}` }),
  notice: (title: string): Text => ({ zh: `审批迟迟未答：${title}`, en: `an approval waits: ${title}` }),
  copy: (title: string): Text => ({ zh: `审批抄送：${title}`, en: `for your information: ${title}` }),
  demand: (title: string): Text => ({ zh: `审批无人可答：${title}`, en: `nobody can answer: ${title}` }),
} as const;

export function approvalToGiveText(facts: AskFacts): Text {
  const { title, step, by, command, due, changed } = facts;
  const zh = changed.length === 0 ? '' : `。与上次相比变了：${changed.map((one) => one.zh).join('、')}`;
  const en =
    changed.length === 0 ? '' : `. Changed since it was last reviewed: ${changed.map((one) => one.en).join(', ')}`;
  return {
    zh: `${by} 提交了“${title.zh}”，“${step.zh}”等你审批${due === undefined ? '' : `，${due} 前答复`}${zh}。看过内容后：\`${command}\``,
    en: `${by} asks for "${title.en}": "${step.en}" waits for you${due === undefined ? '' : `, by ${due}`}${en}. Once you have looked at it: \`${command}\``,
  };
}

export function approvalReminderText(facts: AskFacts): Text {
  const { zh, en } = approvalToGiveText(facts);
  return { zh: `催办：${zh}`, en: `Reminder: ${en}` };
}

export function approvalLateText(
  { title, step, due }: Omit<AskFacts, 'command' | 'changed'>,
  asked: readonly string[],
): Text {
  return {
    zh: `“${title.zh}”的“${step.zh}”还在等 ${asked.join('、')} 答复${due === undefined ? '' : `，时限 ${due}`}`,
    en: `"${step.en}" of "${title.en}" still waits for ${asked.join(', ')}${due === undefined ? '' : `; it was due by ${due}`}`,
  };
}

export function approvalCopiedText(title: Text, by: string, note?: string): Text {
  return withNote(
    {
      zh: `${by} 把“${title.zh}”抄送给你，只是告知，不必答复`,
      en: `${by} lets you know of "${title.en}"; nothing is asked of you`,
    },
    note,
  );
}

export function withNote(text: Text, note: string | undefined): Text {
  return note === undefined ? text : { zh: `${text.zh}：${note}`, en: `${text.en}: ${note}` };
}

/** What somebody who was given the task for advice has said. */
export function withAdvice(text: Text, by: string, { answer, note }: Omit<Advice, 'by'>): Text {
  const word = answer === 'approved' ? { zh: '同意', en: 'yes' } : { zh: '不同意', en: 'no' };
  const said = withNote(word, note);
  return { zh: `${text.zh}。${by} 的意见：${said.zh}`, en: `${text.en}. ${by} advises: ${said.en}` };
}

/** @param authority why nobody has it, where the step asks for authority: who was passed over, and which limit was too low */
export function nobodyAnswersText(title: Text, step: Text, authority: Text | undefined): Text {
  if (authority !== undefined)
    return {
      zh: `“${title.zh}”的“${step.zh}”没有人可以答：${authority.zh}。请提高限额、写明后备，或修改条件`,
      en: `Nobody can answer "${step.en}" of "${title.en}": ${authority.en}. Raise a limit, name a fallback, or change the terms`,
    };
  return {
    zh: `“${title.zh}”的“${step.zh}”没有人可以答：所问的人不在、已离职，或就是提交人，也没有可用的后备。请安排接替的人`,
    en: `Nobody can answer "${step.en}" of "${title.en}": whoever is asked is away, has left or submitted it themselves, and there is no fallback. See that somebody holds the post`,
  };
}

export function approvalEndedText(
  title: Text,
  outcome: ApprovalOutcome,
  { by, because, reason }: { readonly by?: string; readonly because?: string; readonly reason?: string },
): Text {
  const why = because === undefined ? undefined : BECAUSE[because];
  const word = OUTCOME_WORDS[outcome];
  const said = reason === undefined ? '' : `: ${reason}`;
  return {
    zh: `“${title.zh}”${word.zh}${by === undefined ? '' : `（${by}）`}${why === undefined ? '' : `，${why.zh}`}${said === '' ? '' : `：${reason}`}`,
    en: `"${title.en}" ${word.en}${by === undefined ? '' : ` (${by})`}${why === undefined ? '' : `, as ${why.en}`}${said}`,
  };
}

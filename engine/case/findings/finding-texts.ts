/** What a case tells people about what was found, in both languages. */

import type { FindingRule } from '../../playbook/diagnosis.ts';
import type { Text } from '../../playbook/text.ts';

export const FINDING_TITLES = {
  finding_to_answer: (title: string): Text => ({ zh: `发现待答复：${title}`, en: `found, answer needed: ${title}` }),
  notice: (title: string): Text => ({ zh: `发现通报：${title}`, en: `found: ${title}` }),
};

/** What it is, what to ask about, what to do, and how to answer. */
export function findingText({ finding, title, causes, prescription }: FindingRule): Text {
  const zh = causes.map((one) => one.zh).join('；');
  const en = causes.map((one) => one.en).join('; ');
  return {
    zh: `${title.zh}。请问：${zh}。应对：${prescription.zh}。答复：\`answer_finding ${finding} respond\`，或 \`decline\` 并写明理由`,
    en: `${title.en}. Ask: ${en}. What to do: ${prescription.en}. Answer \`answer_finding ${finding} respond\`, or \`decline\` with a reason`,
  };
}

export function findingWaitsText({ title }: FindingRule, asked: string): Text {
  return { zh: `${title.zh}：还在等 ${asked} 答复`, en: `${title.en}: still waits for an answer by ${asked}` };
}

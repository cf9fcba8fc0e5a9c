/** A condition in one line of words. */

import { wantedText } from '../../api/views/leaf-text.ts';
import type { Titles } from '../../api/views/titles.ts';
import type { Condition } from '../../engine/playbook/condition.ts';
import type { Lang } from '../../engine/playbook/text.ts';

const WORDS = {
  all: { zh: ' 且 ', en: ' and ' },
  any: { zh: ' 或 ', en: ' or ' },
  not: { zh: '不是：', en: 'not: ' },
} as const;

/** Groups within groups stand in brackets. */
export function conditionText(condition: Condition, titles: Titles, lang: Lang): string {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.map((part) => within(part, titles, lang)).join(WORDS[condition.kind][lang]);
    case 'not':
      return `${WORDS.not[lang]}${within(condition.of, titles, lang)}`;
    default:
      return wantedText(condition, false, titles)[lang];
  }
}

function within(condition: Condition, titles: Titles, lang: Lang): string {
  const text = conditionText(condition, titles, lang);
  const isGroup = (condition.kind === 'all' || condition.kind === 'any') && condition.of.length > 1;
  return isGroup ? (lang === 'zh' ? `（${text}）` : `(${text})`) : text;
}

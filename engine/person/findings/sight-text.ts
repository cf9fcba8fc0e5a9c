/** The figures a finding rests on, in words: what each is, and of how many cases. */

import { REP_FACTS } from '../../measure/rep-facts.ts';
import type { Text } from '../../playbook/text.ts';
import type { Value } from '../../playbook/value.ts';
import { valueText } from '../../playbook/value-text.ts';
import type { RepFinding, RepSight } from './finding.ts';

export interface FigureText {
  readonly fact: string;
  readonly title: Text;
  readonly shown: Text;
}

/** In the order they were looked at. */
export function figuresOf(facts: RepFinding['facts']): readonly FigureText[] {
  return Object.entries(facts).map(([fact, value]) => {
    const { title = { zh: fact, en: fact }, type = 'number' } = REP_FACTS[fact] ?? {};
    return { fact, title, shown: valueText(rounded(value, type === 'percent'), { type }) };
  });
}

/** To a tenth, of percents as well. */
function rounded(value: Value, isPercent: boolean): Value {
  if (typeof value !== 'number') return value;
  const unit = isPercent ? 1_000 : 10;
  return Math.round(value * unit) / unit;
}

export function sightText({ facts, support, from, until }: RepSight): Text {
  const lines = (lang: 'zh' | 'en', colon: string): string =>
    figuresOf(facts)
      .map(({ title, shown }) => `${title[lang]}${colon}${shown[lang]}`)
      .join('\n');
  const { n, of, cases } = support;
  const some = cases.length === 0 ? { zh: '', en: '' } : { zh: `：${cases.join('、')}`, en: `: ${cases.join(', ')}` };
  return {
    zh: `${from} 至 ${until}\n${lines('zh', '：')}\n${of} 个案件中的 ${n} 个${some.zh}`,
    en: `${from} to ${until}\n${lines('en', ': ')}\n${n} of ${of} cases${some.en}`,
  };
}

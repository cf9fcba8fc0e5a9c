/** What a case says about waivers, in both languages. */

import type { Text } from '../../playbook/text.ts';
import type { WaiverEnd, WaiverEntry } from './waiver.ts';

export const WAIVER_TITLES = {
  granted: (title: string) => ({ zh: `已豁免：${title}`, en: `waived: ${title}` }),
  ending: (title: string) => ({ zh: `豁免将到期：${title}`, en: `a waiver ends soon: ${title}` }),
  ended: (title: string) => ({ zh: `豁免已结束：${title}`, en: `a waiver is over: ${title}` }),
} as const satisfies Record<string, (title: string) => Text>;

export const WAIVABLE_WORDS = {
  milestone: { zh: '里程碑', en: 'milestone' },
  gate: { zh: '关口', en: 'gate' },
} as const satisfies Record<string, Text>;

/** What is waived, by its id. */
export function waivedWords({ kind, name }: Pick<WaiverEntry, 'kind' | 'name'>): Text {
  const { zh, en } = WAIVABLE_WORDS[kind];
  return { zh: `${zh} \`${name}\` `, en: `${en} \`${name}\`` };
}

/** @param what `里程碑 senior-support（…）` */
export function grantedText(what: Text, by: string, until: string, reason: string): Text {
  return {
    zh: `${by} 豁免了${what.zh}，到 ${until} 为止，由你补上：${reason}`,
    en: `${by} waived ${what.en} until ${until}; it is for you to make up for: ${reason}`,
  };
}

export function endingText(what: Text, until: string): Text {
  return {
    zh: `${what.zh}的豁免 ${until} 到期，到时要补上`,
    en: `the waiver of ${what.en} ends on ${until}; it must be met by then`,
  };
}

export function endedText(what: Text, because: Extract<WaiverEnd, 'expired' | 'withdrawn'>, reason?: string): Text {
  const why = reason === undefined ? { zh: '', en: '' } : { zh: `：${reason}`, en: `: ${reason}` };
  return because === 'expired'
    ? {
        zh: `${what.zh}的豁免已到期，下一步之前要补上`,
        en: `the waiver of ${what.en} is over; it must be met before the next step`,
      }
    : { zh: `${what.zh}的豁免已收回${why.zh}`, en: `the waiver of ${what.en} was withdrawn${why.en}` };
}

/** The language the terminal speaks. */

import type { Lang } from '../engine/playbook/text.ts';

/** `--lang`, else LC_ALL, LC_MESSAGES, LANG; English unless they say Chinese. */
export function terminalLang(option?: string): Lang {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const said = option ?? [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '') ?? 'en';
  return said.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export type Say = (zh: string, en: string) => string;

export function sayIn(lang: Lang): Say {
  return (zh, en) => (lang === 'zh' ? zh : en);
}

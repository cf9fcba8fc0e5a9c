/** Refuses characters that no playbook needs: they cannot be seen, reorder what is seen, or show that the file is not UTF-8. */

import type { Text } from '../../playbook/text.ts';
import type { OverBudget } from './budget.ts';

/** Controls, lone carriage returns and surrogates, marks without width, other line ends, what replaces bytes that are no UTF-8. */
const UNWANTED = /(?![\t\n\r])\p{Cc}|[\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffd-\uffff]|\r(?!\n)|\p{Cs}/u;

type Refuse = (code: OverBudget['code'], at: number, params?: OverBudget['params']) => OverBudget;

/** The first of them. @param refuse makes the finding for an offset of the text */
export function badCharacter(text: string, refuse: Refuse): OverBudget | undefined {
  const at = text.search(UNWANTED);
  if (at === -1) return undefined;
  const code = text.charCodeAt(at);
  if (code === 0xfffd || isUtf16(text)) return refuse('not-utf8', at);
  const point = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return refuse('bad-character', at, { written: point, what: nameOf(code) });
}

/** Every second character of ASCII text in UTF-16 is a NUL. */
function isUtf16(text: string): boolean {
  return text[0] !== '\0' && text[1] === '\0' && text[3] === '\0';
}

function nameOf(code: number): Text {
  if (code === 0) return { zh: '空字符', en: 'NUL' };
  if (code === 0x0d) return { zh: '单独的回车', en: 'a carriage return without a line feed' };
  if (code === 0x85 || code === 0x2028 || code === 0x2029) return { zh: '特殊换行', en: 'an unusual line end' };
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
    return { zh: '改变文字方向的符号', en: 'it reorders the text that is seen' };
  if (code >= 0xd800 && code <= 0xdfff) return { zh: '半个字符', en: 'half a character' };
  if (code < 0xa0) return { zh: '控制字符', en: 'a control character' };
  return { zh: '看不见的字符', en: 'it cannot be seen' };
}

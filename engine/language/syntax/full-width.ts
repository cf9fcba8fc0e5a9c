/** Chinese punctuation where YAML wants ASCII: a slip of the input method that looks right. */

import type { Text } from '../../playbook/text.ts';

const ASCII: Readonly<Record<string, string>> = {
  '：': ': ',
  '，': ', ',
  '、': ', ',
  '［': '[',
  '］': ']',
  '【': '[',
  '】': ']',
  '｛': '{',
  '｝': '}',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '％': '%',
  '－': '-',
  '　': ' ',
};

/** Marks that stand for structure: brackets anywhere; colons, commas and quotes where a key or a value begins or ends. */
const STRUCTURAL = /[［］｛｝]|(?<=(^|[\s{[,])[\w-]+)：|[，、](?=\s?[\w-]+:\s)|(?<=: ?)[“‘]/u;

const ANY = new RegExp(`[${Object.keys(ASCII).join('')}０-９Ａ-Ｚａ-ｚ]`, 'u');

/** Where in a line such a mark stands in the way. */
export function structuralMark(line: string): number | undefined {
  const at = line.search(STRUCTURAL);
  return at === -1 ? undefined : at;
}

/** The hint for what an author wrote as a name, a key or a value of a fixed form. */
export function fullWidthHint(written: string): Text | undefined {
  const mark = ANY.exec(written)?.[0];
  if (mark === undefined) return undefined;
  const ascii = (ASCII[mark] ?? mark.normalize('NFKC')).trim();
  const wanted = ascii === '' ? { zh: '空格', en: 'a space' } : { zh: ` \`${ascii}\``, en: `\`${ascii}\`` };
  return { zh: `\`${mark}\` 是全角，请改为半角${wanted.zh}`, en: `\`${mark}\` is full-width: write ${wanted.en}` };
}

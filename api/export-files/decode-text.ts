/** The bytes of a text file as text: in the encoding that the mapping says, or the one that the file is marked with. */

import type { Encoding } from '../../engine/playbook/mapping.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { KIND_TEXTS, whatItIs } from './what-it-is.ts';

export type Decoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: Text };

/** @param encoding absent: UTF-8, or UTF-16 where the file begins with its mark */
export function decodeText(bytes: Uint8Array, encoding?: Encoding): Decoded {
  const kind = whatItIs(bytes);
  if (kind === 'utf-16le' || kind === 'utf-16be') {
    const isMarked = bytes[0] === 0xff || bytes[0] === 0xfe;
    // A mark leaves no doubt; without one somebody has to say so.
    if (encoding === 'utf-16' || (encoding === undefined && isMarked)) return decoded(bytes, kind, encoding);
    if (encoding !== undefined) return { ok: false, message: isReally(kind) };
  }
  if (kind === 'empty') return { ok: true, text: '' };
  if (kind !== 'text') return { ok: false, message: isReally(kind) };
  return decoded(bytes, encoding ?? 'utf-8', encoding);
}

/** What a file is in truth, and what to do. */
export function isReally(kind: keyof typeof KIND_TEXTS): Text {
  const { is, todo } = KIND_TEXTS[kind];
  return { zh: `文件其实是${is.zh}；${todo.zh}`, en: `the file is really ${is.en}; ${todo.en}` };
}

/** 0x80 to 0x9f, which some versions of Node read as control characters: the euro, dashes and quotes of Windows. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function westernOf(character: string): string {
  return WESTERN[character.charCodeAt(0) - 0x80] ?? character;
}

/** @param label as the web's encodings are called; a byte order mark is dropped */
function decoded(bytes: Uint8Array, label: string, declared: Encoding | undefined): Decoded {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    return { ok: true, text: label === 'windows-1252' ? text.replace(/[\u0080-\u009f]/g, westernOf) : text };
  } catch {
    const message: Text =
      declared === undefined
        ? {
            zh: '文件不是 UTF-8 文本；在映射的表里写 encoding，如 encoding: gbk',
            en: 'the file is not UTF-8 text; say its encoding in the table of the mapping, such as encoding: gbk',
          }
        : {
            zh: `文件不是 ${declared} 文本；检查映射里的 encoding`,
            en: `the file is not ${declared} text; look at the encoding in the mapping`,
          };
    return { ok: false, message };
  }
}

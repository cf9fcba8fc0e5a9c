/** Refuses, before parsing, text that no playbook needs and that would keep the YAML parser busy for seconds. */

import type { Code } from '../diagnostics/codes.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from './parse-document.ts';

export const MAX_BYTES = 512 * 1024;
/** The shipped playbooks need about 3,000 in their largest file. */
const MAX_TOKENS = 20_000;
const MAX_DEPTH = 60;
/** `? ` keys take the parser more than quadratic time; playbooks need none. */
const MAX_EXPLICIT_KEYS = 8;

/** Characters that make a token wherever they stand (of quoted text the backslash), before a space, and after one. */
const SINGLE = new Set([',', '[', ']', '{', '}', '\\']);
const BEFORE_SPACE = new Set([':', '-', '?']);
const AFTER_SPACE = new Set(['&', '*', '!']);

export interface OverBudget {
  readonly code: Code;
  readonly place: Place;
  readonly params: Readonly<Record<string, string | number>>;
}

/** One linear look at the characters; quotes are not understood, so the limits are generous. */
export function overBudget(file: SourceFile): OverBudget | undefined {
  const { text, path } = file;
  let line = 1;
  let lineStart = 0;
  const refuse = (code: Code, at: number, params: OverBudget['params'] = {}): OverBudget => {
    const col = at - lineStart + 1;
    return { code, place: { at: { file: path, line, col }, end_col: col + 1 }, params };
  };
  const bytes = text.length > MAX_BYTES ? text.length : utf8Length(text);
  if (bytes > MAX_BYTES) return refuse('file-too-large', 0, { limit: MAX_BYTES / 1024 });

  let [tokens, brackets, dashes, explicitKeys] = [0, 0, 0, 0];
  let before = '\n';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (isOrdinary(text.charCodeAt(i))) {
      before = char;
      dashes = 0;
      continue;
    }
    const spaceAfter = isSpace(text[i + 1]);
    if (char === '\0') return refuse('bad-character', i, { written: 'U+0000' });
    if (isToken(char, isSpace(before), spaceAfter)) tokens++;
    if (char === '[' || char === '{') brackets++;
    else if (char === ']' || char === '}') brackets = Math.max(0, brackets - 1);
    else if (char === '?' && spaceAfter && (isSpace(before) || before === '?')) explicitKeys++;
    // Lists of lists on one line (`- - - -`) nest as brackets do.
    if (char === '-' && spaceAfter) dashes++;
    else if (char !== ' ') dashes = 0;
    if (brackets > MAX_DEPTH || dashes > MAX_DEPTH) return refuse('too-deep', i, { limit: MAX_DEPTH });
    if (tokens > MAX_TOKENS) return refuse('too-many-tokens', i, { limit: MAX_TOKENS });
    if (explicitKeys > MAX_EXPLICIT_KEYS) return refuse('no-explicit-keys', i);
    if (char === '\n') {
      line++;
      lineStart = i + 1;
    }
    before = char;
  }
  return undefined;
}

/** Letters, Chinese characters and the like: most of a playbook, and never a token by themselves. */
function isOrdinary(code: number): boolean {
  return code > 125 || (code > 96 && code < 123) || (code > 64 && code < 91);
}

function isToken(char: string, spaceBefore: boolean, spaceAfter: boolean): boolean {
  return SINGLE.has(char) || (BEFORE_SPACE.has(char) && spaceAfter) || (AFTER_SPACE.has(char) && spaceBefore);
}

function isSpace(char: string | undefined): boolean {
  return char === undefined || char === ' ' || char === '\n' || char === '\r' || char === '\t';
}

function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}

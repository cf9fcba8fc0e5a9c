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

export interface OverBudget {
  readonly code: Code;
  readonly place: Place;
  readonly params: Readonly<Record<string, string | number>>;
}

/** One linear look at the characters; quotes are not understood, so the limits are generous. */
export function overBudget(file: SourceFile): OverBudget | undefined {
  const { text, path } = file;
  const at = (line: number, col: number): Place => ({ at: { file: path, line, col }, end_col: col + 1 });
  const bytes = text.length > MAX_BYTES ? text.length : utf8Length(text);
  if (bytes > MAX_BYTES) return { code: 'file-too-large', place: at(1, 1), params: { limit: MAX_BYTES / 1024 } };

  let line = 1;
  let lineStart = 0;
  let tokens = 0;
  let flowDepth = 0;
  let explicitKeys = 0;
  let before = '\n';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    const spaceAfter = isSpace(text[i + 1]);
    if (char === '\0')
      return { code: 'bad-character', place: at(line, i - lineStart + 1), params: { written: 'U+0000' } };
    if (char === '[' || char === '{') flowDepth++;
    else if (char === ']' || char === '}') flowDepth = Math.max(0, flowDepth - 1);
    else if (char === '?' && spaceAfter && (isSpace(before) || before === '?')) explicitKeys++;
    if (char === ',' || char === '[' || char === '{' || ((char === ':' || char === '-' || char === '?') && spaceAfter))
      tokens++;
    const deep = flowDepth > MAX_DEPTH || (isDash(char, spaceAfter) && i - lineStart > MAX_DEPTH * 8);
    if (deep) return { code: 'too-deep', place: at(line, i - lineStart + 1), params: { limit: MAX_DEPTH } };
    if (tokens > MAX_TOKENS)
      return { code: 'too-many-tokens', place: at(line, i - lineStart + 1), params: { limit: MAX_TOKENS } };
    if (explicitKeys > MAX_EXPLICIT_KEYS)
      return { code: 'no-explicit-keys', place: at(line, i - lineStart + 1), params: {} };
    if (char === '\n') {
      line++;
      lineStart = i + 1;
    }
    before = char;
  }
  return undefined;
}

function isSpace(char: string | undefined): boolean {
  return char === undefined || char === ' ' || char === '\n' || char === '\r' || char === '\t';
}

/** Lists of lists on one line (`- - - -`) nest as brackets do. */
function isDash(char: string, spaceAfter: boolean): boolean {
  return char === '-' && spaceAfter;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}

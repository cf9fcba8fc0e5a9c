/** Refuses, before parsing, text that no playbook needs and that would keep the YAML parser busy for seconds. */

import type { Code } from '../diagnostics/codes.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import type { Params } from '../diagnostics/report.ts';
import { badCharacter } from './bad-character.ts';
import { type SourceFile, textOf } from './source-file.ts';

export const MAX_BYTES = 512 * 1024;
/** The shipped playbooks need about 3,000 in their largest file. */
const MAX_TOKENS = 20_000;
const MAX_DEPTH = 60;
/** Spaces before the first word of a line: indented maps in maps are as slow as brackets in brackets. */
const MAX_INDENT = 240;
/** `? ` keys take the parser more than quadratic time; playbooks need none. */
const MAX_EXPLICIT_KEYS = 8;

/** Characters that make a token wherever they stand (of quoted text its ends and backslashes; lines too), before a space, and after one. */
const SINGLE = new Set([',', '[', ']', '{', '}', '"', "'", '\\', '\n']);
const BEFORE_SPACE = new Set([':', '-', '?']);
const AFTER_SPACE = new Set(['&', '*', '!']);

const TOO_FAR_IN = new RegExp(`^ {${MAX_INDENT}}`, 'm');

export interface OverBudget {
  readonly code: Code;
  readonly place: Place;
  readonly params: Params;
}

/** One linear look at the characters; quotes are not understood, so the limits are generous. */
export function overBudget(file: SourceFile): OverBudget | undefined {
  const { path } = file;
  const text = textOf(file);
  const refuse = (code: Code, at: number, params: Params = {}): OverBudget => {
    const before = text.slice(0, at);
    const col = at - before.lastIndexOf('\n');
    const line = before.split('\n').length;
    return { code, place: { at: { file: path, line, col }, end_col: col + 1 }, params };
  };
  const bytes = text.length > MAX_BYTES ? text.length : utf8Length(text);
  if (bytes > MAX_BYTES) return refuse('file-too-large', 0, { limit: MAX_BYTES / 1024 });
  return badCharacter(text, refuse) ?? tooMuch(text, refuse);
}

type Refuse = (code: Code, at: number, params?: Params) => OverBudget;

function tooMuch(text: string, refuse: Refuse): OverBudget | undefined {
  const indent = text.search(TOO_FAR_IN);
  if (indent !== -1) return refuse('too-deep', indent, { limit: MAX_DEPTH });
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

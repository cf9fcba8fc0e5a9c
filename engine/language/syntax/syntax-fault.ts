/** What keeps a text from being YAML: the place the author must change, which is often not where the parser gave up. */

import { Lexer, type YAMLParseError, type YAMLWarning } from 'yaml';
import type { Text } from '../../playbook/text.ts';
import type { Code } from '../diagnostics/codes.ts';
import type { Params } from '../diagnostics/report.ts';
import { bracketFault } from './brackets.ts';
import { fullWidthHint, structuralMark } from './full-width.ts';
import { BAD_INDENT, syntaxMessage } from './syntax-message.ts';

export interface SyntaxFault {
  readonly code: Code;
  /** Offsets in the text. */
  readonly from: number;
  readonly to: number;
  readonly params?: Params;
  readonly hint?: Text;
  readonly related?: { readonly at: number; readonly message: Text };
}

export function faultOf(text: string, failure: YAMLParseError | YAMLWarning): SyntaxFault {
  const [from, to] = failure.pos;
  if (failure.code === 'TAB_AS_INDENT') return { code: 'tab-indentation', from, to };
  const quote = failure.code === 'MISSING_CHAR' ? unclosedQuote(text) : undefined;
  const bracket = bracketFault(text);
  const line = lineAround(text, bracket && bracket.at < from ? bracket.at : from);
  const wide = structuralMark(line.text);
  if (wide !== undefined) {
    const at = line.from + wide;
    const hint = fullWidthHint(text[at] ?? '');
    return {
      code: 'yaml-syntax',
      from: at,
      to: at + 1,
      params: { message: syntaxMessage(failure.code, failure.message) },
      ...(hint ? { hint } : {}),
    };
  }
  if (quote !== undefined) return { code: 'unclosed-quote', from: quote, to: quote + 1 };
  if (bracket && bracket.at <= to) {
    const message = { zh: '左括号在这里', en: 'it is opened here' };
    const opened = text[bracket.opened] ?? '';
    const params = { wanted: bracket.wanted, opened, found: text[bracket.at] ?? '' };
    return {
      code: bracket.code,
      from: bracket.at,
      to: bracket.at + 1,
      params,
      related: { at: bracket.opened, message },
    };
  }
  const deeper = RUN_ON.has(failure.code) ? tooDeepBelow(text, from) : undefined;
  if (deeper !== undefined)
    return { code: 'yaml-syntax', from: deeper, to: deeper + 1, params: { message: BAD_INDENT } };
  return { code: 'yaml-syntax', from, to, params: { message: syntaxMessage(failure.code, failure.message) } };
}

function lineAround(text: string, at: number): { readonly from: number; readonly text: string } {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return { from, text: text.slice(from, end === -1 ? text.length : end) };
}

/** How the parser complains of a line that runs on in the next. */
const RUN_ON: ReadonlySet<string> = new Set(['MULTILINE_IMPLICIT_KEY', 'BLOCK_AS_IMPLICIT_KEY']);

/** A key or an item further in than the one above, which has its value already, runs on in it. */
function tooDeepBelow(text: string, at: number): number | undefined {
  const own = lineAround(text, at);
  const below = lineAround(text, own.from + own.text.length + 1);
  const [, lead, key] = /^( *(?:- )*)([\w-]+: )?\S/.exec(own.text) ?? [];
  const [, indent, begins] = /^( *)(- |[\w-]+:(?:\s|$))/.exec(below.text) ?? [];
  if (lead === undefined || indent === undefined) return undefined;
  const isItem = begins === '- ';
  const isBelow = isItem
    ? lead.endsWith('- ') && indent.length > lead.length - 2
    : key !== undefined && indent.length > lead.length;
  return isBelow ? below.from + indent.length : undefined;
}

/** What the lexer adds that is not in the text: start of document, end of flow, scalar. */
const LEXER_MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/** Where the quote begins that runs to the end of the file: the parser complains of the end, the author must look here. */
function unclosedQuote(text: string): number | undefined {
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    const [first] = token;
    const isOpen = (first === '"' || first === "'") && (token.length === 1 || !token.endsWith(first));
    if (isOpen) return offset;
    if (!LEXER_MARKS.has(token)) offset += token.length;
  }
  return undefined;
}

/** Single words and values: ids, references, words of a closed list, numbers, durations, dates. */

import type { Text } from '../../playbook/text.ts';
import { type Duration, parseDuration } from '../../time/duration.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Node, ScalarNode } from '../syntax/node.ts';
import type { JsonSchema, Shape, Token } from './shape.ts';

/** Nothing was written, or `null`. */
export function isMissing(node: Node): boolean {
  return isNull(node) || (node.kind === 'scalar' && !node.quoted && node.text === '');
}

/** `null` was written. */
export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && !node.quoted && /^(~|null|Null|NULL)$/.test(node.text);
}

export function wrongType(node: Node, expected: Text, report: Report, hint?: Text): undefined {
  report('wrong-type', node.place, { expected, found: foundIn(node) }, { hint });
  return undefined;
}

function foundIn(node: Node): Text {
  if (node.kind === 'list') return { zh: '列表', en: 'a list' };
  if (node.kind === 'map') return { zh: '一组键', en: 'keys and values' };
  return { zh: ` \`${node.text}\``, en: `\`${node.text}\`` };
}

export type Parsed<T> = { readonly value: T } | { readonly fail: (node: ScalarNode, report: Report) => void };

/** Anything written as one word or line. */
export function scalar<T>(name: Text, schema: JsonSchema, parse: (node: ScalarNode) => Parsed<T>): Shape<Token<T>> {
  return {
    name,
    schema: () => schema,
    read: (node, report) => {
      if (node.kind !== 'scalar' || isMissing(node)) return wrongType(node, name, report);
      const parsed = parse(node);
      if ('value' in parsed) return { value: parsed.value, place: node.place };
      parsed.fail(node, report);
      return undefined;
    },
  };
}

const KEBAB = '^[a-z0-9]+(-[a-z0-9]+)*$';
const SNAKE = '^[a-z][a-z0-9]*(_[a-z0-9]+)*$';

/** An id that is declared here: kebab-case. */
export function id(zh: string, en: string): Shape<Token<string>> {
  return word(KEBAB, { zh, en }, 'bad-id', (text) => text.toLowerCase().replace(/[\s_]+/g, '-'));
}

/** The name of a fact or field, declared here: snake_case. */
export function factName(zh: string, en: string): Shape<Token<string>> {
  return word(SNAKE, { zh, en }, 'bad-fact-name', (text) => text.toLowerCase().replace(/[\s-]+/g, '_'));
}

function word(
  pattern: string,
  name: Text,
  code: 'bad-id' | 'bad-fact-name',
  mend: (text: string) => string,
): Shape<Token<string>> {
  const regexp = new RegExp(pattern);
  return scalar(name, { type: ['string', 'number'], pattern }, ({ text }) => {
    const isShort = text.length <= 80;
    if (isShort && regexp.test(text)) return { value: text };
    const mended = isShort ? mend(text) : '';
    const hint = regexp.test(mended) ? { zh: `请写 \`${mended}\``, en: `write \`${mended}\`` } : undefined;
    return { fail: (node, report) => report(code, node.place, { written: text }, { hint }) };
  });
}

/** A name declared elsewhere; where it leads is checked in the stage of names. */
export function reference(zh: string, en: string): Shape<Token<string>> {
  return scalar({ zh, en }, { type: ['string', 'number'] }, ({ text }) => ({ value: text }));
}

/** Free words without translation: a column of a file, a destination, a line of the scenario grammar. */
export function plain(zh: string, en: string): Shape<Token<string>> {
  return scalar({ zh, en }, { type: ['string', 'number', 'boolean'] }, ({ text }) => ({ value: text }));
}

/** One of a closed list of words. */
export function oneOf<const W extends string>(words: readonly W[]): Shape<Token<W>> {
  const list = words.join(', ');
  const name = { zh: `${words.join('、')} 之一`, en: `one of ${list}` };
  return scalar(name, { enum: words }, ({ text }) => {
    const found = words.find((one) => one === text);
    if (found !== undefined) return { value: found };
    return {
      fail: (node, report) =>
        report('unknown-word', node.place, { written: text, words: list }, { hint: didYouMean(text, words) }),
    };
  });
}

export function yesNo(): Shape<Token<boolean>> {
  return scalar({ zh: 'yes 或 no', en: 'yes or no' }, { enum: [true, false, 'yes', 'no'] }, ({ text }) => {
    const value = readYesNo(text);
    if (value !== undefined) return { value };
    return { fail: (node, report) => report('unknown-word', node.place, { written: text, words: 'yes, no' }) };
  });
}

export function readYesNo(text: string): boolean | undefined {
  if (text === 'yes' || text === 'true') return true;
  if (text === 'no' || text === 'false') return false;
  return undefined;
}

export function duration(): Shape<Token<Duration>> {
  const schema = { type: 'string', pattern: '^\\d+ (business )?(minute|hour|day|week|month)s?$' };
  return scalar({ zh: '时长', en: 'a duration' }, schema, ({ text }) => {
    const parsed = parseDuration(text);
    if (parsed.ok) return { value: parsed.duration };
    return {
      fail: (node, report) => report('bad-duration', node.place, { message: parsed.message }, { hint: parsed.hint }),
    };
  });
}

/** A fraction: `10%` is 0.1. */
export function percent(): Shape<Token<number>> {
  return scalar({ zh: '百分比', en: 'a percentage' }, { type: 'string', pattern: '^\\d+(\\.\\d+)?%$' }, ({ text }) => {
    const value = readPercent(text);
    if (value !== undefined && value >= 0 && value <= 1) return { value };
    const fraction = readNumber(text);
    const percents = fraction === undefined ? undefined : Number((fraction > 1 ? fraction : fraction * 100).toFixed(6));
    const hint = percents === undefined ? undefined : { zh: `请写 \`${percents}%\``, en: `write \`${percents}%\`` };
    if (value !== undefined) return { fail: (node, report) => report('percent-range', node.place, { written: text }) };
    return { fail: (node, report) => report('bad-percent', node.place, { written: text }, { hint }) };
  });
}

export function readPercent(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)\s?%$/.exec(text);
  return match?.[1] === undefined ? undefined : Number(`${match[1]}e-2`);
}

export function number(): Shape<Token<number>> {
  return scalar({ zh: '数字', en: 'a number' }, { type: 'number' }, ({ text }) => {
    const value = readNumber(text);
    if (value !== undefined) return { value };
    return { fail: (node, report) => report('bad-number', node.place, { written: text }) };
  });
}

export function wholeNumber(): Shape<Token<number>> {
  return scalar({ zh: '整数', en: 'a whole number' }, { type: 'integer', minimum: 0 }, ({ text }) => {
    if (/^\d{1,9}$/.test(text)) return { value: Number(text) };
    return { fail: (node, report) => report('bad-number', node.place, { written: text }) };
  });
}

export function readNumber(text: string): number | undefined {
  return /^-?\d{1,15}(\.\d{1,12})?$/.test(text) ? Number(text) : undefined;
}

/** `yyyy-MM-dd`, and a day that exists. */
export function date(): Shape<Token<string>> {
  const schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
  return scalar({ zh: '日期', en: 'a date' }, schema, ({ text }) => {
    if (isDate(text)) return { value: text };
    return { fail: (node, report) => report('bad-date', node.place, { written: text }) };
  });
}

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Whatever stands there, read later when the type it must have is known. */
export function anything(zh: string, en: string, schema: JsonSchema = {}): Shape<Node> {
  return { name: { zh, en }, schema: () => schema, read: (node) => node };
}

/** Reads one value as people and programs write it, into the one form it is kept in; limits are checked after. */

import type { Problem } from '../case/outcome.ts';
import { isDay } from '../condition/day-span.ts';
import { minorDigits, parseMoney } from '../playbook/money.ts';
import type { Money, Value, ValueType } from '../playbook/value.ts';
import { personOf } from '../who/reporting-line.ts';
import { problem, shown } from './problems.ts';
import { readFile } from './read-file.ts';
import { type AnswerContext, DEFAULT_LIMITS, type ValueSpec } from './value-spec.ts';

/** A value, problems, or nothing: an answer left blank. */
export type ReadResult =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

export type ScalarType = Exclude<ValueType, 'rows'>;

const LONE_SURROGATE = /[\ud800-\udfff]/u;
const NUMBER = /^[+-]?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,15})?$/;
const PERCENT = /^([+-]?\d{1,9}(?:\.\d{1,12})?)\s*[%\uff05]$/;
const YES_NO = new Map<unknown, boolean>([
  [true, true],
  ['yes', true],
  ['true', true],
  [false, false],
  ['no', false],
  ['false', false],
]);

function found(value: Value): ReadResult {
  return { kind: 'value', value };
}

export function failed(...problems: readonly Problem[]): ReadResult {
  return { kind: 'problems', problems };
}

function finite(value: number): number | undefined {
  // Minus zero becomes zero: JSON cannot tell them apart, so nothing of ours may.
  return Number.isFinite(value) ? value + 0 : undefined;
}

function readNumber(raw: unknown): number | undefined {
  if (typeof raw === 'number') return finite(raw);
  return typeof raw === 'string' && NUMBER.test(raw.trim()) ? finite(Number(raw.replaceAll(',', ''))) : undefined;
}

/** `10%` or the fraction 0.1; the text `0.1` could mean either and is refused. */
function readPercent(raw: unknown): number | undefined {
  if (typeof raw === 'number') return finite(raw);
  const digits = typeof raw === 'string' ? PERCENT.exec(raw.trim())?.[1] : undefined;
  // Shifting the decimal point in the text gives the fraction exactly as it would be written.
  return digits === undefined ? undefined : finite(Number(`${digits}e-2`));
}

/** `20万 CNY`, `{ amount, currency }` in whole units, or `{ minor, currency }`. */
function readMoney(raw: unknown): Money | undefined {
  if (typeof raw === 'string') return moneyOf(raw);
  if (typeof raw !== 'object' || raw === null || Object.keys(raw).length !== 2 || !('currency' in raw))
    return undefined;
  const { currency } = raw;
  if (typeof currency !== 'string' || minorDigits(currency) === undefined) return undefined;
  if ('minor' in raw) {
    const { minor } = raw;
    return Number.isSafeInteger(minor) && typeof minor === 'number' ? { minor: minor + 0, currency } : undefined;
  }
  if (!('amount' in raw)) return undefined;
  const { amount } = raw;
  return typeof amount === 'number' || typeof amount === 'string' ? moneyOf(`${amount} ${currency}`) : undefined;
}

function moneyOf(text: string): Money | undefined {
  const parsed = parseMoney(text);
  return parsed.ok ? parsed.money : undefined;
}

/** A day that exists, as `yyyy-MM-dd`. */
export function readDay(raw: unknown): string | undefined {
  const text = typeof raw === 'string' ? raw.trim() : '';
  if (!isDay(text)) return undefined;
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  // 30 February is read as a day in March, and so comes back as another text.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text) ? text : undefined;
}

function readLink(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || raw.length > DEFAULT_LIMITS.link || !URL.canParse(raw.trim())) return undefined;
  const { protocol, href } = new URL(raw.trim());
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

function readChoices(raw: unknown): readonly string[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const list: readonly unknown[] = raw;
  return list.every((item) => typeof item === 'string') ? list : undefined;
}

/** What each type asks for, where the value itself says what it is. */
const READERS: Readonly<
  Record<
    Exclude<ScalarType, 'text' | 'person' | 'file'>,
    readonly [(raw: unknown) => Value | undefined, string, string]
  >
> = {
  number: [readNumber, '数字', 'a number'],
  percent: [readPercent, '百分比（如 10%）', 'a percentage such as 10%'],
  money: [readMoney, '带币种的金额（如 20万 CNY）', 'an amount with its currency, such as 20万 CNY'],
  date: [readDay, '存在的日期（如 2026-10-20）', 'a day that exists, such as 2026-10-20'],
  choice: [(raw) => (typeof raw === 'string' ? raw : undefined), '一个选项', 'one of its choices'],
  choices: [readChoices, '选项列表', 'a list of its choices'],
  link: [readLink, 'http 或 https 链接', 'an http or https link'],
  yes_no: [(raw) => YES_NO.get(raw), 'yes 或 no', 'yes or no'],
};

function readText(raw: unknown, path: string): ReadResult {
  if (typeof raw !== 'string') return failed(problem('wrong-type', path, shown(raw), '文字', 'text'));
  if (raw.includes('\0') || LONE_SURROGATE.test(raw)) return failed(problem('unsafe-text', path));
  return found(raw.trim());
}

function readPerson(raw: unknown, { people }: AnswerContext, path: string): ReadResult {
  if (typeof raw !== 'string') {
    return failed(problem('wrong-type', path, shown(raw), '人员编号', "a person's id"));
  }
  if (people !== undefined && personOf(people, raw)?.active !== true) {
    return failed(problem('person-unknown', path, shown(raw)));
  }
  return found(raw);
}

/** Blank texts and empty choices say nothing, as forms send them for a field left alone. */
function isBlank(raw: unknown): boolean {
  return (
    raw === null ||
    raw === undefined ||
    (typeof raw === 'string' && raw.trim() === '') ||
    (Array.isArray(raw) && raw.length === 0)
  );
}

/** Reads a value of any type but rows. @param path JSON pointer of the value */
export function readScalar(
  spec: ValueSpec & { readonly type: ScalarType },
  raw: unknown,
  context: AnswerContext,
  path: string,
): ReadResult {
  if (isBlank(raw)) return { kind: 'nothing' };
  if (spec.type === 'text') return readText(raw, path);
  if (spec.type === 'person') return readPerson(raw, context, path);
  if (spec.type === 'file') return readFile(raw, context, path);
  const [read, zh, en] = READERS[spec.type];
  const value = read(raw);
  return value === undefined ? failed(problem('wrong-type', path, shown(raw), zh, en)) : found(value);
}

/** The facts of a case as a row of an export gives them. */

import { shown } from '../form/problems.ts';
import type { MappedFact } from '../playbook/mapping.ts';
import { minorDigits, parseMoney } from '../playbook/money.ts';
import type { Pipeline } from '../playbook/pipeline.ts';
import type { Text } from '../playbook/text.ts';
import type { Fact } from '../playbook/value.ts';
import { convertAmount, mayMean, product, readAmount, readNumber } from './amounts.ts';
import { shiftDay } from './dates.ts';
import type { RowContext } from './map-row.ts';
import type { RowReader } from './row-reader.ts';
import { foldWord, meaningOf } from './words.ts';

export interface MappedFacts {
  readonly values: Readonly<Record<string, unknown>>;
  /** Fact → mark, for values that are not the row's own. */
  readonly marks: Readonly<Record<string, string>>;
}

/** As a caller of the API would write it, or what is wrong with the cell. */
type FactValue = string | number | readonly string[] | Text;

/** The facts that the pipeline has; `decide` checks them against their types. What is blank everywhere is no fact. */
export function factsOf(context: RowContext, reader: RowReader, pipeline: Pipeline): MappedFacts {
  const values: Record<string, unknown> = {};
  const marks: Record<string, string> = {};
  for (const rule of context.mapping.facts) {
    const spec = Object.hasOwn(pipeline.facts, rule.fact) ? pipeline.facts[rule.fact] : undefined;
    if (spec === undefined) continue;
    const own = known(rule, rule.column === undefined ? undefined : reader.cell(rule.column));
    const other = own === undefined && rule.else !== undefined ? known(rule, reader.cell(rule.else)) : undefined;
    const cell = own ?? other;
    const value = cell === undefined ? defaultOf(rule, spec) : factIn({ context, reader, rule }, spec, cell);
    if (value === undefined) continue;
    if (isProblem(value)) reader.fail(own === undefined ? rule.else : rule.column, value.zh, value.en);
    else values[rule.fact] = value;
    if (other !== undefined && rule.mark_else !== undefined) marks[rule.fact] = rule.mark_else;
  }
  return { values, marks };
}

/** Nothing where the cell holds one of the column's own words for it. */
function known({ blank }: MappedFact, cell: string | undefined): string | undefined {
  if (cell === undefined || blank === undefined) return cell;
  const folded = foldWord(cell);
  return blank.some((word) => foldWord(word) === folded) ? undefined : cell;
}

function isProblem(value: FactValue): value is Text {
  return typeof value === 'object' && 'zh' in value;
}

interface Reading {
  readonly context: RowContext;
  readonly reader: RowReader;
  readonly rule: MappedFact;
}

function factIn(reading: Reading, spec: Fact, cell: string): FactValue | undefined {
  const { context, rule } = reading;
  const meant = rule.values === undefined ? undefined : meaningOf(rule.values, cell);
  switch (spec.type) {
    case 'money':
      return moneyOf(reading, meant ?? cell);
    case 'number': {
      const number = numberOf(reading, meant ?? cell);
      return number === undefined ? notA('数字', 'number', cell) : Number(number);
    }
    case 'percent':
      return meant ?? percentOf(reading, cell);
    case 'date':
      // What the mapping puts for a cell is written as playbooks write days, and is nobody's past to be moved.
      return meant ?? dateOf(context, rule, cell);
    case 'yes_no':
      return meant ?? yesOrNo(cell);
    case 'choices':
      return cell.split(';').map((one) => (rule.values && meaningOf(rule.values, one.trim())) ?? one.trim());
    case 'person':
      return context.ownerOf(meant ?? cell).person ?? noPerson(cell);
    default:
      return meant ?? cell;
  }
}

function numberOf({ context, rule }: Reading, cell: string): string | undefined {
  const number = readNumber(cell, rule.numbers ?? context.mapping.numbers);
  return number === undefined || rule.times === undefined ? number : product(number, rule.times);
}

function moneyOf({ context, reader, rule }: Reading, cell: string): FactValue {
  const amount = readAmount(cell, rule.numbers ?? context.mapping.numbers);
  if (amount === undefined) return notA('数字', 'number', cell);
  const currency = currencyOf(rule, reader);
  if (currency === undefined) return { zh: '金额没有币种', en: 'the amount has no currency' };
  if (minorDigits(currency) === undefined) {
    return { zh: `没有币种 ${shown(currency)}`, en: `${shown(currency)} is not a currency` };
  }
  if (amount.sign !== undefined && !mayMean(amount.sign, currency)) {
    return {
      zh: `${shown(cell)} 写的是 \`${amount.sign}\`，映射说是 ${currency}`,
      en: `${shown(cell)} is in \`${amount.sign}\`, the mapping says ${currency}`,
    };
  }
  const number = rule.times === undefined ? amount.number : product(amount.number, rule.times);
  const { to } = rule;
  const rate = typeof rule.currency === 'object' || rule.rate === undefined ? rule.rates?.[currency] : rule.rate;
  if (to !== undefined && to !== currency && rate === undefined) {
    return { zh: `没有 ${currency} 换算成 ${to} 的汇率`, en: `the mapping has no rate from ${currency} to ${to}` };
  }
  return convertAmount(number, { currency, ...(to !== undefined && { to }), ...(rate !== undefined && { rate }) });
}

/** The one the mapping states, or what its column says. */
function currencyOf({ currency }: MappedFact, reader: RowReader): string | undefined {
  if (typeof currency !== 'object') return currency;
  const cell = reader.cell(currency.column);
  const meant = cell === undefined ? undefined : meaningOf(currency.values, cell);
  const isCode = cell !== undefined && minorDigits(cell.toUpperCase()) !== undefined;
  return meant ?? (isCode ? cell.toUpperCase() : undefined) ?? currency.default ?? cell;
}

/** A percentage without its sign means what the mapping says, and nothing where it does not. */
function percentOf({ context, rule }: Reading, cell: string): FactValue {
  const amount = readAmount(cell, rule.numbers ?? context.mapping.numbers);
  if (amount === undefined || (amount.sign ?? '%') !== '%') return notA('百分比', 'percentage', cell);
  if (amount.sign === '%' || rule.percents === '35') return `${amount.number}%`;
  if (rule.percents === '0.35') return Number(amount.number);
  return {
    zh: `${shown(cell)} 没有 %，映射要用 \`percents\` 说明它的写法`,
    en: `${shown(cell)} has no %: say with \`percents\` how it is meant`,
  };
}

function dateOf({ days, shift_days }: RowContext, { format }: MappedFact, cell: string): FactValue {
  const formats = format ?? days.formats;
  const day = days.dayOf(cell, formats);
  if (day !== undefined) return shiftDay(day, shift_days);
  const list = formats.join(', ');
  return notA(` ${list} 格式的日期`, `date of the form ${list}`, cell);
}

const YES: ReadonlySet<string> = new Set(['yes', 'true', 'y', '1', '是', '有', 'ja', 'sí', 'si', 'oui', 'sim', 'да']);
const NO: ReadonlySet<string> = new Set(['no', 'false', 'n', '0', '否', '无', '没有', 'nein', 'non', 'não', 'нет']);

function yesOrNo(cell: string): FactValue {
  const folded = foldWord(cell);
  if (YES.has(folded)) return 'yes';
  if (NO.has(folded)) return 'no';
  return {
    zh: `${shown(cell)} 不是“是”或“否”；在 \`values\` 里说明，或列入 \`blank\``,
    en: `${shown(cell)} is neither yes nor no: say what it means in \`values\`, or list it in \`blank\``,
  };
}

function defaultOf(rule: MappedFact, spec: Fact): string | undefined {
  if (rule.default === undefined || spec.type !== 'money' || parseMoney(rule.default).ok) return rule.default;
  const number = readNumber(rule.default);
  if (number === undefined || typeof rule.currency !== 'string') return rule.default;
  const { currency, to, rate } = rule;
  return convertAmount(number, { currency, ...(to !== undefined && { to }), ...(rate !== undefined && { rate }) });
}

function noPerson(cell: string): Text {
  return { zh: `没有名为 ${shown(cell)} 的人员`, en: `nobody is known as ${shown(cell)}` };
}

function notA(zh: string, en: string, cell: string): Text {
  return { zh: `${shown(cell)} 不是${zh}`, en: `${shown(cell)} is not a ${en}` };
}

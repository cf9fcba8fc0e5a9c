/** What facts and fields share: settings that fit their type, choices, limits. */

import { RE2JS } from 're2js';
import { minorDigits } from '../../playbook/money.ts';
import type { Text } from '../../playbook/text.ts';
import type { ValueType } from '../../playbook/value.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import type { ChoicesSource, FactSource, FieldSource } from '../kinds/form.ts';
import type { Token } from '../shape/shape.ts';
import { readTyped } from './value.ts';

/** Settings by the types they fit; the others fit every type. */
const SETTINGS: Readonly<Record<string, readonly ValueType[]>> = {
  choices: ['choice', 'choices'],
  min: ['number', 'percent', 'money', 'date'],
  max: ['number', 'percent', 'money', 'date'],
  currency: ['money'],
  fields: ['rows'],
  min_length: ['text'],
  max_length: ['text'],
  pattern: ['text'],
  min_rows: ['rows'],
  max_rows: ['rows'],
};

/** What a type cannot do without. */
const NEEDED: Partial<Record<ValueType, string>> = { choice: 'choices', choices: 'choices', rows: 'fields' };

type Source = Pick<FactSource, 'type' | 'choices' | 'min' | 'max' | 'currency' | 'place'> & {
  readonly keyPlaces: Readonly<Partial<Record<string, Place>>>;
};

export interface Typed {
  readonly choices?: Readonly<Record<string, Text>>;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly currency?: string;
}

/** Checks the settings of a fact or field and reads those it shares with all. */
export function compileTyped(name: string, source: Source, report: Report): Typed {
  const type = source.type.value;
  for (const [key, place] of Object.entries(source.keyPlaces)) {
    const fits = SETTINGS[key];
    if (fits && place && !fits.includes(type)) report('setting-unfit', place, { key, type });
  }
  const needed = NEEDED[type];
  if (needed && !source.keyPlaces[needed]) report('setting-missing', source.type.place, { key: needed, type });
  const currency = source.currency?.value;
  if (source.currency && type === 'money' && minorDigits(source.currency.value) === undefined) {
    report('bad-currency', source.currency.place, { written: source.currency.value });
  }
  const min = compileLimit('min', name, source, report);
  const max = compileLimit('max', name, source, report);
  if (min !== undefined && max !== undefined && min > max) {
    report('limits-reversed', source.keyPlaces['max'] ?? source.place);
  }
  return {
    ...(source.choices ? { choices: choicesRecord(source.choices, report) } : {}),
    ...(min !== undefined ? { min } : {}),
    ...(max !== undefined ? { max } : {}),
    ...moneyCurrency(type, currency, source, report),
  };
}

/** Limits of money are in one currency, which then is the field's. */
function moneyCurrency(type: ValueType, currency: string | undefined, source: Source, report: Report): Typed {
  if (type !== 'money') return {};
  const limit = source.min ?? source.max;
  if (currency !== undefined || !limit) return currency === undefined ? {} : { currency };
  const value = readTyped('', { type: source.type }, limit, () => undefined);
  const other =
    source.max && source.min ? readTyped('', { type: source.type }, source.max, () => undefined) : undefined;
  if (typeof value !== 'object' || !('currency' in value)) return {};
  if (source.max && typeof other === 'object' && 'currency' in other && other.currency !== value.currency) {
    report('currency-differs', source.max.place, { name: 'min', currency: value.currency, other: other.currency });
  }
  return { currency: value.currency };
}

function compileLimit(key: 'min' | 'max', name: string, source: Source, report: Report): number | string | undefined {
  const node = source[key];
  const type = source.type.value;
  if (!node || !SETTINGS[key]?.includes(type)) return undefined;
  const value = readTyped(`${name}.${key}`, source, node, report);
  if (typeof value === 'object' && 'minor' in value) return value.minor;
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

function choicesRecord(choices: ChoicesSource, report: Report): Readonly<Record<string, Text>> {
  const record: Record<string, Text> = {};
  for (const { key, value } of choices) {
    if (Object.hasOwn(record, key.value)) {
      report('duplicate-id', key.place, { kind: { zh: '选项', en: 'choice' }, id: key.value });
    }
    record[key.value] = value;
  }
  return record;
}

/** Lengths, patterns and numbers of rows: of fields only. */
export function compileFieldLimits(source: FieldSource, report: Report) {
  const { min_length, max_length, min_rows, max_rows, pattern } = source;
  reversed(min_length, max_length, report);
  reversed(min_rows, max_rows, report);
  if (pattern && !isPattern(pattern.value)) report('bad-pattern', pattern.place, { written: pattern.value });
  return {
    ...(min_length ? { min_length: min_length.value } : {}),
    ...(max_length ? { max_length: max_length.value } : {}),
    ...(min_rows ? { min_rows: min_rows.value } : {}),
    ...(max_rows ? { max_rows: max_rows.value } : {}),
    ...(pattern ? { pattern: pattern.value } : {}),
  };
}

function reversed(min: Token<number> | undefined, max: Token<number> | undefined, report: Report): void {
  if (min && max && min.value > max.value) report('limits-reversed', max.place);
}

function isPattern(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch {
    return false;
  }
}

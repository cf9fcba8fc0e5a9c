/** Compiles where a mapping takes its facts from, and how what stands there is written. */

import type { MappedFact } from '../../playbook/mapping.ts';
import { minorDigits } from '../../playbook/money.ts';
import type { ValueType } from '../../playbook/value.ts';
import type { MappingSource } from '../kinds/mapping.ts';
import type { MapEntry } from '../shape/collection.ts';
import type { Token } from '../shape/shape.ts';
import { factNamed } from './condition.ts';
import { type ColumnOf, compileWords, isSettled, record, reportFormat, withoutOpen } from './mapping-words.ts';
import type { Scope } from './scope.ts';
import { readTyped, type TypedSource } from './value.ts';

type FactFrom = NonNullable<MappingSource['facts']>[number]['value'];

export function compileFact({ key, value }: MapEntry<FactFrom>, columnOf: ColumnOf, scope: Scope): MappedFact {
  const having = scope.cases.filter((one) => one.facts.has(key.value));
  const typed = factNamed(key.value, key.place, having.length > 0 ? { ...scope, cases: having } : scope);
  const derived = scope.cases.some((one) => one.facts.get(key.value)?.from);
  if (derived) scope.report('derived-set', key.place, { name: key.value });
  checkMoney(key, value, typed?.type.value, scope);
  if (typed) checkSettings(value, typed.type.value, scope);
  if (!value.column && !value.default) {
    scope.report('missing-key', value.place, {
      key: 'column',
      in: { zh: '事实的来源', en: 'where a fact comes from' },
    });
  }
  for (const { value: format, place } of value.format?.filter(isSettled) ?? []) reportFormat(format, place, scope);
  if (typed) for (const token of fixedValues(value).filter(isSettled)) checkValue(key.value, typed, token, scope);
  const { column, values, currency, format } = value;
  const words = column && values ? compileWords({ column, values }, columnOf, scope).values : undefined;
  return {
    fact: key.value,
    ...(column ? { column: columnOf(column) } : {}),
    ...(value.else ? { else: columnOf(value.else) } : {}),
    ...(value.mark_else ? { mark_else: value.mark_else.value } : {}),
    ...(words ? { values: words } : values ? { values: record(values, (one) => one.value) } : {}),
    ...(value.blank ? { blank: value.blank.map((word) => word.value) } : {}),
    ...(value.default ? { default: value.default.value } : {}),
    ...(currency ? { currency: 'value' in currency ? currency.value : compileWords(currency, columnOf, scope) } : {}),
    ...(value.to ? { to: value.to.value } : {}),
    ...(value.rate ? { rate: value.rate.value } : {}),
    ...(value.rates ? { rates: record(value.rates, (rate) => rate.value) } : {}),
    ...(value.times ? { times: value.times.value } : {}),
    ...withoutOpen('numbers', value.numbers),
    ...withoutOpen('percents', value.percents),
    ...(format ? { format: format.filter(isSettled).map((one) => one.value) } : {}),
    at: key.place.at,
  };
}

/** Money names its currency, and a rate where it is to be converted. */
function checkMoney(key: Token<string>, value: FactFrom, type: ValueType | undefined, scope: Scope): void {
  const { currency, to, rate, rates } = value;
  const named =
    currency === undefined ? [] : 'value' in currency ? [currency] : currency.values.map((one) => one.value);
  const codes = [...named, ...(to ? [to] : []), ...(rates ?? []).map((entry) => entry.key)];
  for (const token of codes.filter(isSettled)) {
    if (minorDigits(token.value) === undefined) scope.report('bad-currency', token.place, { written: token.value });
  }
  if (type === 'money' && !currency && value.column) {
    scope.report('setting-missing', key.place, { key: 'currency', type: 'money' });
  }
  if (!to) return;
  const isSame = currency !== undefined && 'value' in currency && (!isSettled(currency) || currency.value === to.value);
  if (!isSame && !rate && !rates) scope.report('setting-missing', to.place, { key: 'rate', type: 'money' });
}

/** Which types a setting is for. */
const FOR_TYPES = {
  times: ['money', 'number'],
  numbers: ['money', 'number', 'percent'],
  percents: ['percent'],
  format: ['date'],
} as const satisfies Readonly<Record<string, readonly ValueType[]>>;

function checkSettings(value: FactFrom, type: ValueType, scope: Scope): void {
  for (const key of ['times', 'numbers', 'percents', 'format'] as const) {
    const place = value.keyPlaces[key];
    const fitting: readonly ValueType[] = FOR_TYPES[key];
    if (place && !fitting.includes(type)) scope.report('setting-unfit', place, { key, type });
  }
}

function fixedValues(value: FactFrom): readonly Token<string>[] {
  return [...(value.values ?? []).map((entry) => entry.value), ...(value.default ? [value.default] : [])];
}

/** Values written in the mapping must be values of the fact. Money may leave its currency to `currency`. */
function checkValue(name: string, typed: TypedSource, token: Token<string>, scope: Scope): void {
  if (typed.type.value === 'money' || typed.type.value === 'rows') return;
  readTyped(name, typed, { kind: 'scalar', text: token.value, quoted: true, place: token.place }, scope.report);
}

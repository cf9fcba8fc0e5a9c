/** A value as a person reads it, in both languages. */

import { moneyText } from './money.ts';
import type { Text } from './text.ts';
import type { FileValue, Money, Row, Value, ValueType } from './value.ts';

/** What is known of the value's type; a fact, a field, or nothing at all. */
export interface Spec {
  readonly type: ValueType;
  readonly choices?: Readonly<Record<string, Text>>;
}

export function same(text: string): Text {
  return { zh: text, en: text };
}

function isMoney(value: object): value is Money {
  return 'minor' in value && 'currency' in value;
}

function isFile(value: object): value is FileValue {
  return 'sha256' in value && 'name' in value;
}

function numberText(value: number, spec: Spec | undefined): Text {
  // Fractions are shown to a hundredth of a percent, beyond which nobody writes them.
  if (spec?.type === 'percent') return same(`${Number((value * 100).toFixed(2))}%`);
  return same(String(value));
}

function rowText(row: Row): string {
  return Object.entries(row)
    .map(([name, value]) => `${name} ${valueText(value).en}`)
    .join(', ');
}

export function valueText(value: Value, spec?: Spec): Text {
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  if (typeof value === 'number') return numberText(value, spec);
  if (typeof value === 'string') return spec?.choices?.[value] ?? same(value);
  if (isMoney(value)) return { zh: moneyText(value, 'zh'), en: moneyText(value, 'en') };
  // Enough of the hash to tell two versions apart.
  if (isFile(value)) return same(`${value.name} (${value.sha256.slice(0, 12)})`);
  const parts = value.map((part) => (typeof part === 'string' ? valueText(part, spec) : same(rowText(part))));
  return { zh: parts.map((part) => part.zh).join('、'), en: parts.map((part) => part.en).join(', ') };
}

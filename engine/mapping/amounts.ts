/** Amounts of an export: exact decimals, converted at a stated rate. */

import { minorDigits } from '../playbook/money.ts';

const DECIMAL = /^-?\d{1,15}(?:\.\d{1,6})?$/;

/** The number in a cell without its thousand separators, as text; undefined when it is none. */
export function readNumber(cell: string): string | undefined {
  const plain = cell.replace(/,(?=\d{3}(?:\D|$))/g, '');
  return DECIMAL.test(plain) ? plain : undefined;
}

export interface Conversion {
  /** Of the amount in the cell. */
  readonly currency: string;
  /** The currency wanted, and how much of it one unit is. */
  readonly to?: string;
  readonly rate?: number;
}

/**
 * `550` from USD to CNY at 7.1 gives `3905.00 CNY`: the exact product, rounded half to even at the currency's minor unit.
 * The form is the one money has on the wire. Undefined when the cell holds no number; without a rate nothing is converted.
 */
export function convertAmount(cell: string, { currency, to = currency, rate }: Conversion): string | undefined {
  const number = readNumber(cell);
  if (number === undefined) return undefined;
  if (to === currency || rate === undefined) return `${number} ${currency}`;
  const [left, right] = [scaled(number), scaled(plainText(rate))];
  return `${rounded(left.digits * right.digits, left.decimals + right.decimals, minorDigits(to) ?? 2)} ${to}`;
}

/** Very small and very large numbers would be written with an exponent. */
function plainText(number: number): string {
  const text = String(number);
  return text.includes('e') ? number.toFixed(20) : text;
}

function scaled(decimal: string): { readonly digits: bigint; readonly decimals: number } {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return { digits: BigInt(whole + fraction), decimals: fraction.length };
}

/** `digits` with this many `decimals` as text with as many as `places` say. */
function rounded(digits: bigint, decimals: number, places: number): string {
  const negative = digits < 0n;
  let units = negative ? -digits : digits;
  if (decimals < places) units *= 10n ** BigInt(places - decimals);
  else {
    const unit = 10n ** BigInt(decimals - places);
    const [quotient, rest] = [units / unit, units % unit];
    const up = rest * 2n > unit || (rest * 2n === unit && quotient % 2n === 1n);
    units = quotient + (up ? 1n : 0n);
  }
  const text = units.toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  return `${negative ? '-' : ''}${whole}${places === 0 ? '' : `.${text.slice(-places)}`}`;
}

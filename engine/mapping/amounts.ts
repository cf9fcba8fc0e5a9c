/** Numbers and amounts of an export: exact decimals, read as the mapping says they are written, converted at a stated rate. */

import type { NumberStyle } from '../playbook/mapping.ts';
import { minorDigits } from '../playbook/money.ts';

/** What parts thousands and decimals in each style; spaces and apostrophes come in several shapes. */
const STYLES: Readonly<Record<NumberStyle, { readonly thousands: RegExp; readonly decimals: string }>> = {
  '1,234.56': { thousands: /,/g, decimals: '.' },
  '1.234,56': { thousands: /\./g, decimals: ',' },
  '1 234,56': { thousands: / /g, decimals: ',' },
  "1'234.56": { thousands: /['’]/g, decimals: '.' },
};

/** Thousands by threes, or by two above the first three as in India. */
const GROUPED = /^\d{1,3}(?:_\d{2,3})*_\d{3}$/;
const WHOLE = /^\d{1,15}$/;
const FRACTION = /^\d{1,17}$/;

/** Words behind a number that multiply it. */
const UNITS: Readonly<Record<string, number>> = { 万: 4, 亿: 8 };

/** Which currencies a sign may stand for. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'ARS', 'CLP', 'COP'],
  us$: ['USD'],
  hk$: ['HKD'],
  nt$: ['TWD'],
  c$: ['CAD'],
  a$: ['AUD'],
  s$: ['SGD'],
  r$: ['BRL'],
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['CNY', 'JPY'],
  元: ['CNY', 'TWD', 'HKD'],
  人民币: ['CNY'],
  rmb: ['CNY'],
  円: ['JPY'],
  '₽': ['RUB'],
  руб: ['RUB'],
  'руб.': ['RUB'],
  '₹': ['INR'],
  'rs.': ['INR'],
  '₩': ['KRW'],
  zł: ['PLN'],
  kr: ['SEK', 'NOK', 'DKK'],
  'kr.': ['SEK', 'NOK', 'DKK'],
  'fr.': ['CHF'],
};

/** A number as written, with what stands around it. */
export interface Amount {
  /** A plain decimal such as `-22700.00`. */
  readonly number: string;
  /** The sign or code of a currency beside it, as written; absent where none is. */
  readonly sign?: string;
}

const SHAPE = /^(\D*)(\d[\d.,'’ ]*?)(\D*)$/u;
const LONGEST = 60;

/** Reads `$22,700.00`, `1.234,56 €`, `(1,200)`, `1.200-`, `20万元`; undefined when the cell holds no number so written. */
export function readAmount(cell: string, style: NumberStyle = '1,234.56'): Amount | undefined {
  if (cell.length > LONGEST) return undefined;
  const [whole, before = '', digits = '', after = ''] = SHAPE.exec(cell.normalize('NFKC').trim()) ?? [];
  const decimal = whole === undefined ? undefined : decimalOf(digits.trim(), STYLES[style]);
  if (decimal === undefined) return undefined;
  const around = /^\(.*\)$/.test(`${before}${after}`)
    ? [before.slice(1), after.slice(0, -1), '-']
    : [before, after, ''];
  const [left = '', right = '', paren = ''] = around.map((part) => part.trim());
  const signs = [...`${left}${right}${paren}`].filter((sign) => /[-−+]/.test(sign));
  const [unit = ''] = /^[万亿]/.exec(right) ?? [];
  const words = [left, right.slice(unit.length)]
    .map((part) => part.replace(/[-−+]/g, '').trim())
    .filter((part) => part !== '');
  if (signs.length > 1 || words.length > 1) return undefined;
  const [sign] = words;
  const number = `${signs.some((one) => one !== '+') ? '-' : ''}${shifted(decimal, UNITS[unit] ?? 0)}`;
  return sign === undefined ? { number } : { number, sign };
}

/** The number in a cell that holds nothing else, as plain text; undefined when it is none. */
export function readNumber(cell: string, style?: NumberStyle): string | undefined {
  const amount = readAmount(cell, style);
  return amount?.sign === undefined ? amount?.number : undefined;
}

/** Whether a sign or code beside an amount may stand for the currency. */
export function mayMean(sign: string, currency: string): boolean {
  const folded = sign.toLowerCase();
  return sign.toUpperCase() === currency || SIGNS[folded]?.includes(currency) === true;
}

/** The currencies a sign or code may stand for; none when it is unknown. */
export function currenciesOf(sign: string): readonly string[] {
  const code = sign.toUpperCase();
  if (/^[A-Z]{3}$/.test(code) && minorDigits(code) !== undefined) return [code];
  return SIGNS[sign.toLowerCase()] ?? [];
}

/** `digits` without the marks of its style; undefined where they stand in other places. */
function decimalOf(digits: string, style: (typeof STYLES)[NumberStyle]): string | undefined {
  const [whole = '', fraction, more] = digits.split(style.decimals);
  if (more !== undefined || (fraction !== undefined && !FRACTION.test(fraction))) return undefined;
  const marked = whole.replace(style.thousands, '_');
  if (!WHOLE.test(marked) && !GROUPED.test(marked)) return undefined;
  const plain = marked.replaceAll('_', '');
  if (!WHOLE.test(plain)) return undefined;
  return fraction === undefined ? plain : `${plain}.${fraction}`;
}

/** Times a power of ten. */
function shifted(decimal: string, places: number): string {
  if (places === 0) return decimal;
  const [whole = '0', fraction = ''] = decimal.split('.');
  const digits = fraction.padEnd(places, '0');
  const rest = digits.slice(places);
  return `${whole}${digits.slice(0, places)}${rest === '' ? '' : `.${rest}`}`.replace(/^0+(?=\d)/, '');
}

/** The exact product of two decimals, without needless zeros at its end. */
export function product(one: string, other: number): string {
  const [left, right] = [scaled(one), scaled(plainText(other))];
  const text = rounded(left.digits * right.digits, left.decimals + right.decimals, left.decimals + right.decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

export interface Conversion {
  /** Of the amount. */
  readonly currency: string;
  /** The currency wanted, and how much of it one unit is. */
  readonly to?: string;
  readonly rate?: number;
}

/**
 * `550` from USD to CNY at 7.1 gives `3905.00 CNY`: the exact product, rounded half to even at the currency's minor unit.
 * The form is the one money has on the wire. Without a rate nothing is converted.
 * @param number a plain decimal
 */
export function convertAmount(number: string, { currency, to = currency, rate }: Conversion): string {
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

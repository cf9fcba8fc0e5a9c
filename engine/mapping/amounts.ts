/** Amounts of an export: exact decimals, converted at a stated rate. */

const DECIMAL = /^-?\d{1,15}(?:\.\d{1,6})?$/;

/** The number in a cell without its thousand separators, as text; undefined when it is none. */
export function readNumber(cell: string): string | undefined {
  const plain = cell.replace(/,(?=\d{3}(?:\D|$))/g, '');
  return DECIMAL.test(plain) ? plain : undefined;
}

/**
 * `("550", "USD", "CNY", 7.1)` gives `3905.00 CNY`: exact product, rounded half to even at two decimals. The form is
 * the one money has on the wire.
 */
export function convertAmount(
  cell: string,
  from: string | undefined,
  to: string | undefined,
  rate: number | undefined,
): string | undefined {
  const number = readNumber(cell);
  if (number === undefined || to === undefined) return undefined;
  if (from === to || rate === undefined) return `${number} ${to}`;
  const [left, right] = [scaled(number), scaled(String(rate))];
  return `${twoDecimals(left.digits * right.digits, left.decimals + right.decimals)} ${to}`;
}

function scaled(decimal: string): { readonly digits: bigint; readonly decimals: number } {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return { digits: BigInt(whole + fraction), decimals: fraction.length };
}

function twoDecimals(digits: bigint, decimals: number): string {
  const negative = digits < 0n;
  let cents = negative ? -digits : digits;
  if (decimals < 2) cents *= 10n ** BigInt(2 - decimals);
  else {
    const unit = 10n ** BigInt(decimals - 2);
    const [quotient, rest] = [cents / unit, cents % unit];
    const up = rest * 2n > unit || (rest * 2n === unit && quotient % 2n === 1n);
    cents = quotient + (up ? 1n : 0n);
  }
  const text = cents.toString().padStart(3, '0');
  return `${negative ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

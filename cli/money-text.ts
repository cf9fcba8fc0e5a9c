/** Amounts as tables show them: whole units, grouped, with the currency. */

/** @param minor in minor units */
export function wholeMoney(minor: number, currency: string): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return `${(minor / 10 ** digits).toLocaleString('en', { maximumFractionDigits: 0 })} ${currency}`;
}

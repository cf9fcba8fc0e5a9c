/** Amounts convert exactly. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertAmount, readNumber } from '../../engine/mapping/amounts.ts';

describe('convertAmount', () => {
  it('multiplies by the stated rate without losing a fen', () => {
    expect(convertAmount('550', 'USD', 'CNY', 7.1)).toBe('3905.00 CNY');
    expect(convertAmount('26,768', 'USD', 'CNY', 7.1)).toBe('190052.80 CNY');
    expect(convertAmount('0.1', 'USD', 'CNY', 0.2)).toBe('0.02 CNY');
  });

  it('rounds half to even', () => {
    expect(convertAmount('0.125', 'USD', 'CNY', 1.0)).toBe('0.12 CNY');
    expect(convertAmount('0.375', 'USD', 'CNY', 1.0)).toBe('0.38 CNY');
    expect(convertAmount('-0.125', 'USD', 'CNY', 1.0)).toBe('-0.12 CNY');
  });

  it('keeps an amount that is already in the wanted currency as it is', () => {
    expect(convertAmount('1054', 'CNY', 'CNY', undefined)).toBe('1054 CNY');
  });

  it('is never off by more than half a cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 100_000 }), (cents, basis) => {
        const text = convertAmount((cents / 100).toFixed(2), 'USD', 'CNY', basis / 1000);
        const got = Number(text?.replace(' CNY', ''));
        expect(Math.abs(got - (cents / 100) * (basis / 1000))).toBeLessThanOrEqual(0.005 + 1e-4);
      }),
    );
  });

  it('says no to what is not a number', () => {
    for (const cell of ['', 'abc', '1.2.3', '1e9', '0x10', '１２', '12,34', '--1', 'Infinity'])
      expect(readNumber(cell), cell).toBeUndefined();
  });
});

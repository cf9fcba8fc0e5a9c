/** Amounts convert exactly. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertAmount, readNumber } from '../../engine/mapping/amounts.ts';

const toYuan = (rate: number) => ({ currency: 'USD', to: 'CNY', rate });

describe('convertAmount', () => {
  it('multiplies by the stated rate without losing a fen', () => {
    expect(convertAmount('550', toYuan(7.1))).toBe('3905.00 CNY');
    expect(convertAmount('26768', toYuan(7.1))).toBe('190052.80 CNY');
    expect(convertAmount('0.1', toYuan(0.2))).toBe('0.02 CNY');
  });

  it('rounds half to even', () => {
    expect(convertAmount('0.125', toYuan(1))).toBe('0.12 CNY');
    expect(convertAmount('0.375', toYuan(1))).toBe('0.38 CNY');
    expect(convertAmount('-0.125', toYuan(1))).toBe('-0.12 CNY');
  });

  it('rounds to the minor unit that the currency has', () => {
    expect(convertAmount('10.5', { currency: 'USD', to: 'JPY', rate: 149.3 })).toBe('1568 JPY');
    expect(convertAmount('10', { currency: 'USD', to: 'KWD', rate: 0.3071 })).toBe('3.071 KWD');
  });

  it('takes a rate however small', () => {
    expect(convertAmount('100000000000', toYuan(1e-7))).toBe('10000.00 CNY');
  });

  it('keeps an amount in its own currency where nothing is to be converted, or no rate is stated', () => {
    expect(convertAmount('1054', { currency: 'CNY' })).toBe('1054 CNY');
    expect(convertAmount('1054', { currency: 'CNY', to: 'CNY' })).toBe('1054 CNY');
    expect(convertAmount('1054', { currency: 'USD', to: 'CNY' })).toBe('1054 USD');
  });

  it('is never off by more than half a cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 100_000 }), (cents, basis) => {
        const text = convertAmount((cents / 100).toFixed(2), toYuan(basis / 1000));
        const got = Number(text?.replace(' CNY', ''));
        expect(Math.abs(got - (cents / 100) * (basis / 1000))).toBeLessThanOrEqual(0.005 + 1e-4);
      }),
    );
  });

  it('says no to what is not a number', () => {
    for (const cell of ['', 'abc', '1.2.3', '1e9', '0x10', '12,34', '--1', 'Infinity'])
      expect(readNumber(cell), cell).toBeUndefined();
  });
});

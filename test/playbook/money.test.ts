/** Money is exact: what is read, what is refused rather than rounded, and how people see it. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minorDigits, moneyText, parseMoney } from '../../engine/playbook/money.ts';

describe('read', () => {
  test.each([
    ['20万 CNY', 20_000_000, 'CNY'],
    ['20 万 CNY', 20_000_000, 'CNY'],
    ['1.5亿 CNY', 15_000_000_000, 'CNY'],
    ['200,000.00 CNY', 20_000_000, 'CNY'],
    ['200000 CNY', 20_000_000, 'CNY'],
    ['500 USD', 50_000, 'USD'],
    ['0.1 USD', 10, 'USD'],
    ['0.00001万 CNY', 10, 'CNY'],
    ['1200 JPY', 1200, 'JPY'],
    ['1.00 JPY', 1, 'JPY'],
    ['1.234 KWD', 1234, 'KWD'],
    ['-5,000 CNY', -500_000, 'CNY'],
    ['0 CNY', 0, 'CNY'],
    ['-0 CNY', 0, 'CNY'],
    ['90071992547409.91 CNY', Number.MAX_SAFE_INTEGER, 'CNY'],
  ])('`%s`', (text, minor, currency) => {
    expect(parseMoney(text)).toEqual({ ok: true, money: { minor, currency } });
  });
});

describe('refused, with what to write instead', () => {
  test.each([
    ['200000', 'is not an amount of money', '`200000 CNY`'],
    ['20万', 'is not an amount of money', '`20万 CNY`'],
    ['20万元', 'is not an amount of money', '`CNY`'],
    ['¥500', 'is not an amount of money', '`CNY`'],
    ['500 RMB', 'is not a currency', '`CNY`'],
    ['500 usd', 'is not an amount of money', '`500 USD`'],
    ['500 XYZ', 'is not a currency', '`USD`'],
    ['CNY 500', 'is not an amount of money', '`200,000.00 CNY`'],
    ['12,34 CNY', 'is not an amount of money', '`200,000.00 CNY`'],
    ['5. CNY', 'is not an amount of money', '`200,000.00 CNY`'],
    ['1e5 CNY', 'is not an amount of money', '`200,000.00 CNY`'],
    ['', 'is not an amount of money', '`200,000.00 CNY`'],
    ['1.005 CNY', 'is finer than the smallest unit of CNY', 'at most 2 decimals'],
    ['1.5 JPY', 'is finer than the smallest unit of JPY', 'no decimals'],
  ])('`%s`', (text, message, hint) => {
    const parsed = parseMoney(text);
    if (parsed.ok) throw new Error('read');
    expect(parsed.message.en).toContain(message);
    expect(parsed.hint?.en).toContain(hint);
    expect(parsed.hint?.zh).toBeTruthy();
  });

  test('more than can be counted exactly', () => {
    const parsed = parseMoney('90071992547409.92 CNY');
    expect(parsed).toMatchObject({ ok: false, message: { en: '`90071992547409.92 CNY` is too large' } });
    expect(parseMoney('999999999亿 CNY').ok).toBe(false);
  });

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^-?[0-9,.]{0,20}[万亿]? ?[A-Za-z]{0,4}$/)), (text) => {
        const parsed = parseMoney(text);
        if (parsed.ok) expect(Number.isSafeInteger(parsed.money.minor)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('shown', () => {
  test.each([
    [{ minor: 20_000_000, currency: 'CNY' }, '200,000.00 CNY', '20万 CNY'],
    [{ minor: 15_000_000_000, currency: 'CNY' }, '150,000,000.00 CNY', '1.5亿 CNY'],
    [{ minor: 12_350_000, currency: 'CNY' }, '123,500.00 CNY', '12.35万 CNY'],
    [{ minor: 12_345_678, currency: 'CNY' }, '123,456.78 CNY', '123,456.78 CNY'],
    [{ minor: 100_000_000, currency: 'CNY' }, '1,000,000.00 CNY', '100万 CNY'],
    [{ minor: -5, currency: 'USD' }, '-0.05 USD', '-0.05 USD'],
    [{ minor: 999_900, currency: 'CNY' }, '9,999.00 CNY', '9,999.00 CNY'],
    [{ minor: 1_234_567, currency: 'JPY' }, '1,234,567 JPY', '1,234,567 JPY'],
    [{ minor: 1234, currency: 'KWD' }, '1.234 KWD', '1.234 KWD'],
    [{ minor: 0, currency: 'CNY' }, '0.00 CNY', '0.00 CNY'],
  ])('%j', (money, en, zh) => {
    expect(moneyText(money, 'en')).toBe(en);
    expect(moneyText(money, 'zh')).toBe(zh);
  });

  test('whatever is shown, in either language, is read again to the last minor unit', () => {
    const minors = fc.oneof(
      fc.maxSafeInteger(),
      fc.integer({ min: -1e7, max: 1e7 }).map((many) => many * 10_000),
      fc.integer({ min: -1e5, max: 1e5 }).map((many) => many * 100_000_000),
    );
    fc.assert(
      fc.property(minors, fc.constantFrom('CNY', 'USD', 'JPY', 'KWD', 'CLF'), (minor, currency) => {
        const money = { minor: minor + 0, currency };
        expect(parseMoney(moneyText(money, 'en'))).toEqual({ ok: true, money });
        expect(parseMoney(moneyText(money, 'zh'))).toEqual({ ok: true, money });
      }),
      { numRuns: 500 },
    );
  });
});

test('minor units follow ISO 4217', () => {
  expect(['CNY', 'JPY', 'KWD', 'CLF', 'XYZ'].map(minorDigits)).toEqual([2, 0, 3, 4, undefined]);
});

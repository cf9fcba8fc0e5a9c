/** Durations name their clock: what is read, what is refused, and the hint that shows the right form. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DurationUnit, durationText, parseDuration } from '../../engine/time/duration.ts';

const UNITS: readonly DurationUnit[] = [
  'minutes',
  'hours',
  'days',
  'weeks',
  'months',
  'business_hours',
  'business_days',
];

describe('read', () => {
  test.each([
    ['30 minutes', 30, 'minutes'],
    ['1 hour', 1, 'hours'],
    ['90 days', 90, 'days'],
    ['2 weeks', 2, 'weeks'],
    ['1 month', 1, 'months'],
    ['2 business hours', 2, 'business_hours'],
    ['1 business day', 1, 'business_days'],
    ['0 business days', 0, 'business_days'],
  ])('`%s`', (text, amount, unit) => {
    expect(parseDuration(text)).toEqual({ ok: true, duration: { amount, unit } });
  });

  test('whatever is written for people is read again', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1200 }), fc.constantFrom(...UNITS), (amount, unit) => {
        expect(parseDuration(durationText({ amount, unit }, 'en'))).toEqual({ ok: true, duration: { amount, unit } });
      }),
    );
  });
});

describe('refused, with the form to write instead', () => {
  test.each([
    ['1d', '`1 day`'],
    ['P1D', '`1 day`'],
    ['P3M', '`3 months`'],
    ['PT30M', '`30 minutes`'],
    ['20bd', '`20 business days`'],
    ['20 Business Days', '`20 business days`'],
    ['20  business days', '`20 business days`'],
    [' 20 business days', '`20 business days`'],
    ['20 working days', '`20 business days`'],
    ['20个工作日', '`20 business days`'],
    ['3天', '`3 days`'],
    ['-3 days', '`3 days`'],
    ['+3 days', '`3 days`'],
    ['03 days', '`3 days`'],
    ['2 hrs', '`2 hours`'],
    ['1 year', '`12 months`'],
    ['1.5 days', '`2 days`'],
    ['20', '`20 business days`'],
    ['20 moons', '`20 business days`'],
    ['', '`20 business days`'],
    ['soon', '`20 business days`'],
    ['99999999999999999999 sleeps', '`20 business days`'],
  ])('`%s`', (text, form) => {
    const parsed = parseDuration(text);
    if (parsed.ok) throw new Error('read');
    expect(parsed.message).toEqual({ zh: `\`${text}\` 不是时长`, en: `\`${text}\` is not a duration` });
    expect(parsed.hint?.en).toContain(form);
    expect(parsed.hint?.zh).toContain(form);
  });

  test.each(['1201 months', '99999999999999999999 months'])('a century is the longest: `%s`', (text) => {
    const parsed = parseDuration(text);
    if (parsed.ok) throw new Error('read');
    expect(parsed.message.en).toBe(`\`${text}\` is too long`);
    expect(parsed.hint?.en).toBe('the longest is `1200 months`');
  });

  test('no text makes it throw, and every hint is itself a duration', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+]?[0-9.]{0,6} ?[a-zP]{0,9}$/)), (text) => {
        const parsed = parseDuration(text);
        if (parsed.ok) return;
        const form = /`([^`]+)`/.exec(parsed.hint?.en ?? '')?.[1] ?? '';
        const again = parseDuration(form);
        expect(again.ok || again.message.en.endsWith('too long')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test('people read the unit in their language', () => {
  expect(durationText({ amount: 1, unit: 'business_days' }, 'en')).toBe('1 business day');
  expect(durationText({ amount: 20, unit: 'business_days' }, 'zh')).toBe('20 个工作日');
  expect(durationText({ amount: 2, unit: 'business_hours' }, 'zh')).toBe('2 个工作小时');
  expect(durationText({ amount: 90, unit: 'days' }, 'zh')).toBe('90 天');
});

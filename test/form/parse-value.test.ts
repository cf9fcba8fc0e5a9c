import { describe, expect, test } from 'vitest';
import { parseValue } from '../../engine/form/parse-value.ts';
import type { ValueSpec } from '../../engine/form/value-spec.ts';
import { choices, context, field } from './fixtures.ts';

/** The value kept, or the codes of what is wrong. */
function parsed(spec: ValueSpec, raw: unknown): unknown {
  const result = parseValue(spec, raw, context);
  return result.ok ? result.value : result.problems.map(({ code }) => code);
}

function table(
  type: Parameters<typeof field>[1],
  more: Parameters<typeof field>[2],
  rows: readonly (readonly [unknown, unknown])[],
) {
  const spec = field('f', type, more);
  test.each(rows)(`${type}: %j becomes %j`, (raw, kept) => {
    expect(parsed(spec, raw)).toEqual(kept);
  });
}

describe('what people write becomes what is kept', () => {
  table('text', {}, [
    ['  刘伟 met  ', '刘伟 met'],
    ['two\nlines', 'two\nlines'],
    [5, ['wrong-type']],
    [' \n ', ['empty']],
    [null, ['empty']],
    ['nul\0', ['unsafe-text']],
    ['half \ud83d', ['unsafe-text']],
    ['whole 😀', 'whole 😀'],
  ]);
  table('number', {}, [
    [5, 5],
    ['1,200.50', 1200.5],
    ['-3', -3],
    [-0, 0],
    ['', ['empty']],
    ['1,20', ['wrong-type']],
    ['0x10', ['wrong-type']],
    ['1e3', ['wrong-type']],
    [Number.NaN, ['wrong-type']],
    [Number.POSITIVE_INFINITY, ['wrong-type']],
    [true, ['wrong-type']],
  ]);
  table('percent', {}, [
    ['10%', 0.1],
    ['12.3 %', 0.123],
    ['7％', 0.07],
    ['-5%', -0.05],
    [0.1, 0.1],
    ['0.1', ['wrong-type']],
    ['10', ['wrong-type']],
  ]);
  table('money', {}, [
    ['20万 CNY', { minor: 20_000_000, currency: 'CNY' }],
    [
      { amount: 12.5, currency: 'USD' },
      { minor: 1250, currency: 'USD' },
    ],
    [
      { amount: '12.50', currency: 'USD' },
      { minor: 1250, currency: 'USD' },
    ],
    [
      { amount: 500, currency: 'JPY' },
      { minor: 500, currency: 'JPY' },
    ],
    [
      { minor: 5, currency: 'CNY' },
      { minor: 5, currency: 'CNY' },
    ],
    [200_000, ['wrong-type']],
    ['20万', ['wrong-type']],
    [{ minor: 0.5, currency: 'CNY' }, ['wrong-type']],
    [{ minor: 2 ** 53, currency: 'CNY' }, ['wrong-type']],
    [{ amount: 0.001, currency: 'CNY' }, ['wrong-type']],
    [{ amount: 1e21, currency: 'CNY' }, ['wrong-type']],
    [{ minor: 5, currency: 'XYZ' }, ['wrong-type']],
    [{ minor: 5, amount: 5, currency: 'CNY' }, ['wrong-type']],
    [{ minor: 5 }, ['wrong-type']],
    [[], ['empty']],
  ]);
  table('date', {}, [
    ['2026-10-20', '2026-10-20'],
    ['2028-02-29', '2028-02-29'],
    ['2026-02-29', ['wrong-type']],
    ['2026-13-01', ['wrong-type']],
    ['2026-1-1', ['wrong-type']],
    ['20/10/2026', ['wrong-type']],
    ['2026-10-20T00:00:00Z', ['wrong-type']],
    ['0001-01-01', ['too-small']],
    ['9999-12-31', ['too-large']],
    [20261020, ['wrong-type']],
  ]);
  table('choice', { choices }, [
    ['new', 'new'],
    ['New', ['choice-unknown']],
    ['constructor', ['choice-unknown']],
    [['new'], ['wrong-type']],
  ]);
  table('choices', { choices }, [
    [
      ['old', 'new'],
      ['old', 'new'],
    ],
    ['new', ['wrong-type']],
    [['new', 'new'], ['choice-twice']],
    [['newer'], ['choice-unknown']],
    [[], ['empty']],
    [[5], ['wrong-type']],
  ]);
  table('person', {}, [
    ['ann', 'ann'],
    ['ben', ['person-unknown']],
    ['nobody', ['person-unknown']],
    ['__proto__', ['person-unknown']],
    [5, ['wrong-type']],
  ]);
  table('link', {}, [
    ['https://example.com/a b', 'https://example.com/a%20b'],
    ['http://例子.cn', 'http://xn--fsqu00a.cn/'],
    ['javascript:alert(1)', ['wrong-type']],
    ['ftp://example.com', ['wrong-type']],
    ['example.com', ['wrong-type']],
    [`https://example.com/${'a'.repeat(2000)}`, ['wrong-type']],
  ]);
  table('yes_no', {}, [
    [true, true],
    ['yes', true],
    ['false', false],
    ['no', false],
    ['maybe', ['wrong-type']],
    [1, ['wrong-type']],
  ]);
  table('rows', { fields: [field('what', 'choice', { choices }), field('due', 'date', { optional: true })] }, [
    [
      [
        { what: 'new', due: '' },
        { what: 'old', due: '2026-10-20' },
      ],
      [{ what: 'new' }, { what: 'old', due: '2026-10-20' }],
    ],
    [[], []],
    [{ what: 'new' }, ['wrong-type']],
    [['new'], ['wrong-type']],
    [[{}], ['field-missing']],
    [[{ what: 'newer' }], ['choice-unknown']],
    [Array.from({ length: 1001 }, () => ({ what: 'new' })), ['too-many-rows']],
  ]);
});

describe('limits', () => {
  table('text', { min_length: 2, max_length: 3, pattern: '^[a-z]+$' }, [
    ['ab', 'ab'],
    ['a', ['too-short']],
    ['abcd', ['too-long']],
    ['AB', ['pattern-unmatched']],
  ]);
  table('text', { max_length: 2 }, [['😀😀', '😀😀']]);
  table('text', {}, [
    ['a'.repeat(20_000), 'a'.repeat(20_000)],
    ['a'.repeat(20_001), ['too-long']],
  ]);
  table('number', { min: 0, max: 10 }, [
    [0, 0],
    [-1, ['too-small']],
    [11, ['too-large']],
  ]);
  table('percent', { max: 0.5 }, [['60%', ['too-large']]]);
  table('money', { currency: 'CNY', min: 100 }, [
    ['1 CNY', { minor: 100, currency: 'CNY' }],
    ['0.99 CNY', ['too-small']],
    ['0.5 USD', ['currency-differs']],
  ]);
  table('date', { min: '2026-01-01', max: '2026-12-31' }, [
    ['2026-12-31', '2026-12-31'],
    ['2027-01-01', ['too-large']],
    ['2025-12-31', ['too-small']],
  ]);
  table('rows', { fields: [field('n', 'number', { max: 5 })], min_rows: 2, max_rows: 2 }, [
    [[{ n: 1 }], ['too-few-rows']],
    [[{ n: 1 }, { n: 2 }, { n: 3 }], ['too-many-rows']],
    [[{ n: 1 }, { n: 9 }], ['too-large']],
  ]);

  test('a pattern that would hang a backtracking engine takes no time', () => {
    const spec = field('f', 'text', { pattern: '^(a+)+$' });
    const start = performance.now();
    expect(parsed(spec, `${'a'.repeat(5000)}!`)).toEqual(['pattern-unmatched']);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('problems', () => {
  test('name the field, what was sent, and the way to write it, in both languages', () => {
    const result = parseValue(field('due', 'date'), '2026-02-30', { ...context, path: '/facts/due' });
    expect(result).toEqual({
      ok: false,
      problems: [
        {
          code: 'wrong-type',
          path: '/facts/due',
          message: {
            zh: '`due` 应为存在的日期（如 2026-10-20），收到 `2026-02-30`',
            en: '`due` must be a day that exists, such as 2026-10-20, got `2026-02-30`',
          },
        },
      ],
    });
  });

  test('show limits as their author wrote them', () => {
    const said = (spec: ValueSpec, raw: unknown) => {
      const result = parseValue(spec, raw, { ...context, path: '/f' });
      return result.ok ? [] : result.problems.map(({ message }) => message.en);
    };
    expect(said(field('f', 'money', { currency: 'CNY', max: 20_000_000 }), '30万 CNY')).toEqual([
      '`f` must be at most 200,000.00 CNY',
    ]);
    expect(said(field('f', 'percent', { max: 0.07 }), '8%')).toEqual(['`f` must be at most 7%']);
    expect(said(field('f', 'choice', { choices }), 'x')).toEqual(['`f` has no choice `x`, only `new`, `old`']);
    expect(said(field('f', 'money', { currency: 'CNY' }), '3 USD')).toEqual(['`f` must be in CNY, got USD']);
  });

  test('cut what was sent short and keep control characters out', () => {
    const result = parseValue(field('f', 'number'), `\u001b[31m${'x'.repeat(100)}\``, context);
    const text = result.ok ? '' : (result.problems[0]?.message.en ?? '');
    expect(text).not.toContain('\u001b');
    expect(text.length).toBeLessThan(120);
  });
});

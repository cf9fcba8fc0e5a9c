/** Findings as a person reads them. */

import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../engine/language/diagnostics/columns.ts';
import type { Diagnostic } from '../../engine/language/diagnostics/diagnostic.ts';
import { didYouMean, nearest } from '../../engine/language/diagnostics/did-you-mean.ts';
import { renderDiagnostics, summaryOf } from '../../engine/language/diagnostics/render.ts';

function finding(line: number, col: number, end_col?: number): Diagnostic {
  const at = { file: 'a.yaml', line, col };
  const message = { zh: '不对', en: 'wrong' };
  return { code: 'wrong-type', severity: 'error', at, message, ...(end_col === undefined ? {} : { end_col }) };
}

function shown(text: string, one: Diagnostic): readonly string[] {
  return renderDiagnostics([one], [{ path: 'a.yaml', text }], 'en').split('\n');
}

describe('the caret', () => {
  test('stands under the token where Chinese characters take two columns', () => {
    expect(shown('title: { zh: 大项目, en: Large }', finding(1, 14, 17))).toEqual([
      'a.yaml:1:14: error: wrong [wrong-type]',
      '  1 | title: { zh: 大项目, en: Large }',
      '    |              ^^^^^^',
      '',
    ]);
    // `Large` stands at column 23 of the file, and at 26 of the screen.
    expect(shown('title: { zh: 大项目, en: Large }', finding(1, 23, 28))[2]).toBe(`    | ${' '.repeat(25)}^^^^^`);
  });

  test('underlines the word that begins there when the end is not known', () => {
    expect(shown('when: { fact: amount }\n', finding(1, 15))[2]).toBe(`    | ${' '.repeat(14)}^^^^^^`);
  });

  test('stays in view on long lines', () => {
    const [, line = '', caret = ''] = shown(`a: ${'x'.repeat(300)} here ${'y'.repeat(300)}`, finding(1, 305, 309));
    expect(line.slice(caret.indexOf('^'), caret.indexOf('^') + 4)).toBe('here');
    expect(line.length).toBeLessThan(160);
  });

  test('is not moved, nor the terminal steered, by control characters', () => {
    expect(shown('a: \u001b[31mred\u0007 x\n', finding(1, 4, 12)).join('')).not.toMatch(/\p{Cc}/u);
  });
});

describe('width', () => {
  const widths: readonly (readonly [string, number])[] = [
    ['abc', 3],
    ['大项目', 6],
    ['，。「」', 8],
    ['é', 1],
    ['e\u0301', 1],
    ['…', 1],
    ['ｆｕｌｌ', 8],
    ['한국', 4],
  ];
  for (const [text, width] of widths) test(`of ${text} is ${width}`, () => expect(columnsOf(text)).toBe(width));
});

describe('did you mean', () => {
  const near: readonly (readonly [string, string, string | undefined])[] = [
    ['a letter left out', 'qualty', 'quality'],
    ['two letters swapped', 'amuont', 'amount'],
    ['the other dash', 'first_visit', 'first-visit'],
    ['capitals', 'Amount', 'amount'],
    ['something far off', 'revenue', undefined],
    ['a short word', 'on', undefined],
  ];
  for (const [what, written, wanted] of near) {
    test(`${what}: ${written} → ${wanted ?? 'nothing'}`, () => {
      expect(nearest(written, ['quality', 'amount', 'first-visit', 'in'])).toBe(wanted);
    });
  }

  test('says it in both languages', () => {
    expect(didYouMean('amout', ['amount'])).toEqual({ zh: '是否想写 `amount`', en: 'did you mean `amount`' });
  });
});

test('the closing line counts errors, warnings and files', () => {
  const warning: Diagnostic = { ...finding(1, 1), severity: 'warning' };
  expect(summaryOf({ files: 1, diagnostics: [] }, 'en')).toBe('no findings in 1 file');
  expect(summaryOf({ files: 3, diagnostics: [finding(1, 1), finding(2, 1), warning] }, 'en')).toBe(
    '2 errors, 1 warning in 3 files',
  );
  expect(summaryOf({ files: 3, diagnostics: [warning] }, 'zh')).toBe('3 个文件，0 个错误，1 个警告');
});

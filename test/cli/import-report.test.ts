/** The report of an import in words. */

import { expect, test } from 'vitest';
import type { ImportView } from '../../api/views/import-view.ts';
import { reportLines } from '../../cli/import-report.ts';
import { sayIn } from '../../cli/lang.ts';
import type { Lang } from '../../engine/playbook/text.ts';
import { NOTHING_YET } from '../../store/imports/import-progress.ts';

function report(view: Partial<ImportView>, lang: Lang = 'en'): readonly string[] {
  const whole: ImportView = { ...NOTHING_YET, import: 7, mapping: 'crm', status: 'done', shift_days: 0, ...view };
  return reportLines(whole, { lang, say: sayIn(lang) });
}

test('a failed import says how far it came and why it stopped', () => {
  const failure = { zh: '映射不在了', en: 'the mapping is gone' };
  const view = { status: 'failed', rows: 250, done: 200, closed: 190, opened: 10, failure } as const;
  expect(report(view)).toEqual([
    'import 7 failed, with 200 of 250 rows done',
    '  the mapping is gone',
    '      10 running cases',
    '     190 finished cases (marked ungated)',
  ]);
  expect(report(view, 'zh').slice(0, 2)).toEqual(['导入 7 失败，完成 200 / 250 行', '  映射不在了']);
});

test('it shows the first bad rows, on one line each, and that there are more', () => {
  const problems = Array.from({ length: 30 }, (_, index) => ({
    file: 'deals.csv',
    line: index + 2,
    column: 'stage',
    message: { zh: '不认识', en: 'unknown\u001b[2J\nstage' },
  }));
  const lines = report({ rows: 30, bad: 30, problems });
  expect(lines.slice(0, 3)).toEqual([
    'import 7: 30 rows',
    '      30 bad rows, not imported',
    '    deals.csv:2 stage: unknown [2J stage',
  ]);
  expect(lines).toHaveLength(23);
  expect(lines.at(-1)).toBe('    …');
});

/** The report of a bench: judged by the aims, the same after a journey through JSON, and put only where it belongs. */

import { expect, test } from 'vitest';
import { BENCHES } from '../../bench/benches.ts';
import { isReached } from '../../bench/figures.ts';
import { parseReport, type Report, reportJson, reportMarkdown, withTable } from '../../bench/report.ts';
import { quantile, ratios, spread } from '../../bench/statistics.ts';

const REPORT: Report = {
  machine: { processor: 'Abacus', cores: 2, memory_gb: 4, node: 'v20.19.0', platform: 'linux x64' },
  load: { at_start: 0.1, at_end: 1.9 },
  command: 'npm run bench -- history heap',
  started_at: '2026-11-25T10:00:00.000Z',
  seconds: 130,
  quick: false,
  measured: [
    { figure: 'history.events', value: 6 },
    { figure: 'heap.ratio', value: 1.256, low: 1.1, high: 1.3, beside: 'six batches' },
    { figure: 'refill.seconds', value: 1234.5 },
  ],
  failed: [{ bench: 'commands', why: 'no Temporal' }],
};

test('the table says machine, command, what was measured, and whether each aim is reached', () => {
  const lines = reportMarkdown(REPORT).split('\n');
  expect(lines[0]).toBe(
    '`npm run bench -- history heap`, 2026-11-25, 2 minutes. 2 cores (Abacus), 4 GB, Node v20.19.0, linux x64; load 0.1 at the start, 1.9 at the end.',
  );
  expect(lines.slice(4, 7)).toEqual([
    '| events in the workflow history for one command | 6 events |  | ≤ 6 | yes |',
    '| heap of a cached idle workflow with a deadline armed, against a bare one | 1.26 times; six batches | 1.1 – 1.3 | ≤ 1.2 | **no** |',
    '| an empty Temporal filled with the workflows of 10,000 cases | 1,235 s |  |  |  |',
  ]);
  expect(lines.at(-1)).toBe('- `commands` failed: no Temporal');
});

test('a busy machine and a quick run are said beside the figures', () => {
  const said = reportMarkdown({ ...REPORT, quick: true, load: { at_start: 1.5, at_end: 2 } });
  expect(said).toContain('**The machine was busy: only ratios mean something.**');
  expect(said).toContain('**A quick run: the figures say little.**');
});

test('a report written as JSON gives the same table when it is read again', () => {
  expect(reportMarkdown(parseReport(reportJson(REPORT)))).toBe(reportMarkdown(REPORT));
  expect(JSON.parse(reportJson(REPORT)).figures[1]).toMatchObject({ value: 1.256, unit: 'times', reached: false });
});

test('what is no report is said to be none', () => {
  expect(() => parseReport('{"figures": []}')).toThrow('this is no report of a bench');
});

test('the table takes the place between its markers and no other', () => {
  const begin = '<!-- written by npm run bench: begin -->';
  const end = '<!-- written by npm run bench: end -->';
  const document = `# Figures\n\n${begin}\nold\n${end}\n\nProse.\n`;
  expect(withTable(document, 'new')).toBe(`# Figures\n\n${begin}\nnew\n${end}\n\nProse.\n`);
  expect(() => withTable('# Figures\n', 'new')).toThrow('has no lines');
});

test('an aim is reached from its own side', () => {
  expect([isReached(50, { at_least: 50 }), isReached(49, { at_least: 50 })]).toEqual([true, false]);
  expect([isReached(30, { at_most: 30 }), isReached(31, { at_most: 30 })]).toEqual([true, false]);
});

test('medians, spreads and ratios are of what was measured together', () => {
  expect(spread([3, 1, 2])).toEqual({ value: 2, low: 1, high: 3 });
  expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
  expect(ratios([1, 4], [2, 4])).toEqual([0.5, 1]);
  expect(() => spread([])).toThrow('nothing was measured');
});

test('every bench has a name of its own and an end', () => {
  expect(new Set(BENCHES.map(({ name }) => name)).size).toBe(BENCHES.length);
  for (const { minutes } of BENCHES) expect(minutes).toBeGreaterThan(0);
});

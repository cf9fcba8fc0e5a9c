/** Whatever a file holds, checking it ends soon, and ends in findings instead of an exception. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileSet } from '../../engine/language/compile-set.ts';
import { sha256 } from '../../store/hash.ts';
import { filesIn } from './read-set.ts';

/** What the product promises; parsing these without the token budget takes minutes. */
const DEADLINE_MS = 1_000;

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

const HOSTILE: Readonly<Record<string, string>> = {
  'keys nested by question marks': '? '.repeat(400),
  'question marks on lines of their own': '?\n'.repeat(400),
  'forty thousand keys': lines(40_000, (i) => `k${i}: 1`),
  'twenty thousand anchors': lines(20_000, (i) => `- &a${i} x`),
  'an alias to an alias to an alias': lines(30, (i) => `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`),
  'brackets without end': '['.repeat(100_000),
  'brackets that close nothing': ']'.repeat(400_000),
  'dashes on one line': '- '.repeat(100_000),
  'a quote that never closes': `a: "${'\\\n'.repeat(100_000)}`,
  'tags before nothing': '!a '.repeat(100_000),
  'a line of half a megabyte': `a: ${'x '.repeat(250_000)}`,
  'eighty thousand documents': '---\na\n'.repeat(80_000),
  'indentation to the end of the world': lines(470, (i) => `${' '.repeat(i)}k:`),
};

describe('hostile text is refused within a second', () => {
  for (const [what, text] of Object.entries(HOSTILE)) {
    test(what, () => {
      const start = performance.now();
      const { set, diagnostics } = compileSet([{ path: 'hostile.yaml', text }], { sha256 });
      expect(performance.now() - start).toBeLessThan(DEADLINE_MS);
      expect(set).toBeUndefined();
      expect(diagnostics.some((one) => one.severity === 'error')).toBe(true);
    });
  }
});

describe('checking is total', () => {
  const base = filesIn('test/golden/check/base');
  const words = [...new Set(base.flatMap((file) => file.text.match(/[\w一-龥-]+|[^\s\w]/g) ?? []))];

  test('no edit of a playbook makes it throw, and every finding has a place in a file', () => {
    const edit = fc.record({
      file: fc.nat(base.length - 1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(30),
      put: fc.oneof(fc.constantFrom(...words, '{}', '[]', ': ', '\n', '\t', '~', "''"), fc.string({ maxLength: 5 })),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const files = base.map(({ path, text }, i) => {
          const mine = edits.filter((one) => one.file === i);
          const edited = mine.reduce((all, { at, cut, put }) => {
            const from = Math.floor(at * all.length);
            return all.slice(0, from) + put + all.slice(from + cut);
          }, text);
          return { path, text: edited };
        });
        const { set, diagnostics } = compileSet(files, { sha256 });
        expect(set === undefined).toBe(diagnostics.some((one) => one.severity === 'error'));
        for (const { at, message } of diagnostics) {
          const file = files.find((one) => one.path === at.file);
          const line = file?.text.split('\n')[at.line - 1];
          expect(at.col).toBeGreaterThan(0);
          expect(at.col).toBeLessThanOrEqual((line?.length ?? -1) + 1);
          expect(`${message.zh}${message.en}`).not.toMatch(/[\n{}]\w+\}|undefined|\[object/);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

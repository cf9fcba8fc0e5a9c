/** Whatever a file holds, checking it ends, and ends in findings instead of an exception. */

import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { compileSet } from '../../engine/language/compile-set.ts';
import { sha256 } from '../../store/hash.ts';
import { HOSTILE, nameOf } from '../hostile/documents.ts';
import { filesIn } from './read-set.ts';

describe('a hostile document beside honest ones', () => {
  const honest = filesIn('test/golden/check/base');
  const untouched = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));

  afterAll(() => expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(untouched));

  test('is one of sixty and more', () => {
    expect(new Set(HOSTILE.map(({ what }) => what)).size).toBe(HOSTILE.length);
    expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
  });

  for (const [i, one] of HOSTILE.entries()) {
    test(`is told what it is: ${one.what}`, () => {
      const path = nameOf(one, i);
      const { set, diagnostics } = compileSet([...honest, { path, text: one.bytes.toString('utf8') }], { sha256 });
      expect(set).toBeUndefined();
      const own = diagnostics.filter(({ at }) => at.file === path);
      expect(own.map(({ code }) => code)).toContain(one.code);
      for (const { at, message } of own) {
        expect(at.line).toBeGreaterThan(0);
        expect(at.col).toBeGreaterThan(0);
        expect(message.zh).not.toBe(message.en);
        expect(`${message.zh}${message.en}`).not.toMatch(/\p{Cc}|undefined|\[object|\{\w+\}/u);
      }
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

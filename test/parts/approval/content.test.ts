/** Digests and differences: what is under review, and how it differs from what was. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../../engine/canonical-text.ts';
import { changesBetween, digestOf, isDigestOf, lineChanges } from '../../../engine/parts/approval/content.ts';
import { sha256 } from '../../../store/hash.ts';

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.record({ minor: fc.integer(), currency: fc.constant('CNY') }),
);
const content = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), value, { noNullPrototype: true });

describe('a digest', () => {
  it('is the SHA-256 that the journal would make of the same content', () => {
    fc.assert(fc.property(content, (one) => digestOf(one) === sha256(canonicalText(one))));
  });

  it('is known by its first twelve digits, and by no fewer', () => {
    const digest = digestOf({ amount: 1 });
    expect([64, 12, 11].map((length) => isDigestOf(digest.slice(0, length), digest))).toEqual([true, true, false]);
  });
});

describe('a difference', () => {
  it('names everything that is not the same, and nothing else', () => {
    fc.assert(
      fc.property(content, content, (before, after) => {
        const names = changesBetween(before, after).map(({ name }) => name);
        const all = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
        const differs = (name: string) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
        expect(names).toEqual(all.filter(differs));
      }),
    );
  });

  it('of lines leads from one text to the other, by no more lines than it must', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = lineChanges(before, after);
        const without = (kind: string) => changes.filter(({ change }) => change !== kind).map(({ line }) => line);
        expect(without('added')).toEqual(before);
        expect(without('removed')).toEqual(after);
        expect(changes.filter(({ change }) => change === 'kept')).toHaveLength(common(before, after));
      }),
    );
  });
});

/** The length of a longest common part, the slow and plain way. */
function common(some: readonly string[], others: readonly string[]): number {
  const [first, ...rest] = some;
  if (first === undefined) return 0;
  const at = others.indexOf(first);
  const without = common(rest, others);
  return at < 0 ? without : Math.max(without, 1 + common(rest, others.slice(at + 1)));
}

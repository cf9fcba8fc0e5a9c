/** An entry whose texts lie apart is the same entry when they are put back, and shows nothing of them until then. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../../engine/canonical-text.ts';
import type { FoundText } from '../../engine/personal.ts';
import { sha256 } from '../../store/hash.ts';
import { type JournalEntry, keptOf, openEntry, sealEntry } from '../../store/journal-entry.ts';

const texts = fc.oneof(fc.string({ minLength: 1, unit: 'grapheme' }), fc.constantFrom('Liu Wei', 'at last'));
const members = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', 'a/b', '~1', 'text', '0'));
const bodies = fc.dictionary(
  members,
  fc.anything({ key: members, values: [texts, fc.integer(), fc.boolean(), fc.constant(null)], maxDepth: 4 }),
);

function entryOf(command: unknown, events: readonly unknown[]): JournalEntry {
  return {
    v: 2,
    entity: { kind: 'case', id: 'HD-1' },
    seq: 3,
    command_id: 'c3',
    command,
    actor: 'ann',
    at: '2026-03-02T01:00:00.000Z',
    outcome: 'accepted',
    events,
    people_version: 4,
    prev: 'ab',
  };
}

/** Every text below a member of the entry. */
function textsIn(node: unknown, at: readonly string[]): readonly FoundText[] {
  if (typeof node === 'string') return node === '' ? [] : [{ at, text: node, generated: false }];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, one]) => textsIn(one, [...at, key]));
}

test('texts that lie apart come back to where they stood', () => {
  fc.assert(
    fc.property(bodies, fc.infiniteStream(fc.boolean()), (command, isApart) => {
      // The same part in two places, as a message stands in a command and in its event.
      const entry = entryOf(command, [command, { command }]);
      const before = canonicalText(entry);
      const found = [...textsIn(entry.command, ['command']), ...textsIn(entry.events, ['events'])].filter(
        () => isApart.next().value,
      );
      const sealed = sealEntry(entry, found, () => 'salt');
      expect(canonicalText(entry)).toBe(before);
      expect(sealed.hash).toBe(sha256(sealed.text));
      const { personal, ...opened } = openEntry(keptOf(sealed)).entry;
      expect(canonicalText(opened)).toBe(before);
      expect(JSON.stringify(sealed.entry)).toBe(JSON.stringify(openEntry(keptOf(sealed)).entry));
      const bare: unknown = JSON.parse(sealed.text);
      for (const { at } of found) {
        const left = at.reduce<unknown>((node, member) => Object.getOwnPropertyDescriptor(node, member)?.value, bare);
        expect(left).toBe(null);
      }
      expect(personal?.length ?? 0).toBe(new Set(found.map(({ text }) => text)).size);
    }),
    { numRuns: 500 },
  );
});

test('half a character is kept nowhere', () => {
  const entry = entryOf({ note: '\ud800' }, []);
  const apart = [{ at: ['command', 'note'], text: '\ud800', generated: false }];
  expect(() => sealEntry(entry, apart, () => 'salt')).toThrow('surrogate');
  expect(() => sealEntry(entry, [], () => 'salt')).toThrow('surrogate');
});

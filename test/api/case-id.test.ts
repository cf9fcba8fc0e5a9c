/** The id of a new case is readable, stable, and different for everything that differs. */

import { expect, test } from 'vitest';
import { caseIdOf } from '../../api/case-id.ts';

test('the same person and key always make the same id', () => {
  expect(caseIdOf('ann', 'key-1')).toBe(caseIdOf('ann', 'key-1'));
  expect(caseIdOf('ann', 'key-1')).toMatch(/^c-[a-z2-7]{12}$/);
});

test('another person or key makes another id, wherever the line between them falls', () => {
  const ids = [caseIdOf('ann', 'key-1'), caseIdOf('ann', 'key-2'), caseIdOf('bob', 'key-1'), caseIdOf('annk', 'ey-1')];
  expect(new Set(ids).size).toBe(4);
});

test('a thousand ids use every letter of the alphabet at every position', () => {
  const ids = Array.from({ length: 1000 }, (_, index) => caseIdOf('ann', `key-${index}`).slice(2));
  for (let position = 0; position < 12; position += 1) {
    expect(new Set(ids.map((id) => id.charAt(position))).size).toBe(32);
  }
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { truthOf } from '../../engine/condition/evaluate.ts';
import { truthGranting } from '../../engine/condition/grant.ts';
import type { Condition, Leaf } from '../../engine/playbook/condition.ts';
import { conditions, sights } from './arbitrary.ts';
import { all, any, evidence, fact, milestone, not, seenIn, task } from './fixtures.ts';

const isTask = (leaf: Leaf) => leaf.kind === 'task';
const granted = (condition: Condition) => truthGranting(condition, seenIn(), isTask);

test('a granted leaf counts as satisfied wherever it stands', () => {
  expect(granted(task('dated'))).toBe(true);
  expect(granted(not(task('overdue')))).toBe(true);
  expect(granted(all(task('dated'), not(any(task('overdue'), not(task('open'))))))).toBe(true);
});

test('what is not granted must hold by itself', () => {
  expect(granted(all(task('dated'), evidence('visit')))).toBe(false);
  expect(granted(all(task('dated'), fact('pain', 'is', 'x')))).toBe('unknown');
});

test('milestones are looked into', () => {
  const seen = seenIn({ milestones: { kept: not(task('overdue')), round: milestone('round') } });
  expect(truthGranting(milestone('kept'), seen, isTask)).toBe(true);
  expect(truthGranting(milestone('round'), seen, isTask)).toBe('unknown');
});

test('granting nothing is judging as it stands; granting more never makes a true condition less', () => {
  fc.assert(
    fc.property(conditions, sights, (condition, sight) => {
      const seen = seenIn(sight);
      const truth = truthOf(condition, seen);
      expect(truthGranting(condition, seen, () => false)).toBe(truth);
      if (truth === true) expect(truthGranting(condition, seen, (leaf) => leaf.kind !== 'evidence')).toBe(true);
      expect(truthGranting(condition, seen, () => true)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

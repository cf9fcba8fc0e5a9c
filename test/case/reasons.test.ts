/** A refusal tells apart what is needed in any case from what is one way among several. */

import { describe, expect, it } from 'vitest';
import { Drive } from './drive.ts';
import * as p from './playbook-fixture.ts';

const facts = Object.fromEntries([p.fact('amount', 'number'), p.fact('pain', 'text'), p.fact('budget', 'number')]);

function refusedWith(when: Parameters<typeof p.milestone>[1]) {
  const stages = [p.stage('first', { milestones: [p.milestone('m', when)] }), p.stage('second'), p.stage('third')];
  const drive = new Drive(p.setOf([p.pipeline('deal', stages, { facts })], []));
  drive.must('ann', { command: 'open', title: 'ACME' });
  const outcome = drive.try('ann', { command: 'advance' });
  if (outcome.outcome !== 'refused') throw new Error(`expected a refusal, got ${outcome.outcome}`);
  return outcome.reasons.flatMap((reason) =>
    reason.unmet.map(({ leaf, one_of }) => [leaf.kind === 'fact' ? leaf.fact : leaf.kind, one_of ?? []]),
  );
}

describe('an unmet criterion', () => {
  it('names leaves that are all needed without a choice', () => {
    expect(refusedWith(p.all(p.factIs('amount', 'more_than', 1), p.factIs('pain', 'is_known', true)))).toEqual([
      ['amount', []],
      ['pain', []],
    ]);
  });

  it('marks the ways of an `any`, and those of an `all` under `not`', () => {
    const either = p.any(
      p.factIs('amount', 'more_than', 1),
      p.all(p.factIs('pain', 'is_known', true), p.factIs('budget', 'more_than', 2)),
    );
    expect(refusedWith(p.all(either, p.factIs('budget', 'is_known', true)))).toEqual([
      ['amount', [{ choice: 1, way: 0 }]],
      ['pain', [{ choice: 1, way: 1 }]],
      ['budget', [{ choice: 1, way: 1 }]],
      ['budget', []],
    ]);
    const neither = p.not(p.all(p.factIs('amount', 'at_most', 1), p.factIs('budget', 'at_most', 1)));
    expect(refusedWith(neither)).toEqual([
      ['amount', [{ choice: 1, way: 0 }]],
      ['budget', [{ choice: 1, way: 1 }]],
    ]);
  });
});

/** What a start comes with beyond what the scenario gives. */

import { describe, expect, it } from 'vitest';
import type { Condition } from '../../engine/playbook/condition.ts';
import type { Pipeline } from '../../engine/playbook/pipeline.ts';
import type { Value } from '../../engine/playbook/value.ts';
import { fittingFor } from '../../engine/rehearse/fitting.ts';
import { compileCalendar } from '../../engine/time/calendar.ts';
import { compileSample, SAMPLE_FILES } from './sample-playbooks.ts';

const NEVER_RUN =
  '  - scenario: s\n    given: { owner: ann, at: 2026-03-02 09:00 }\n    timeline: [ { at: 1 days } ]\n';

/** What `second` must be left with, as conditions, when its `leave_when` is this. */
function leaving(leaveWhen: string): { readonly conditions: readonly Condition[]; fit: ReturnType<typeof fitOf> } {
  const walk = SAMPLE_FILES['walk.yaml']?.replace(
    '  - stage: third\n',
    `    leave_when: ${leaveWhen}\n  - stage: third\n`,
  );
  const { set } = compileSample(NEVER_RUN, { 'walk.yaml': walk ?? '' });
  const rules = set.rules['walk'];
  const calendar = set.calendars['cn'];
  const condition = rules?.pipeline.stages[1]?.leave_when;
  if (rules === undefined || calendar === undefined || condition === undefined) throw new Error('not compiled');
  return { conditions: [condition], fit: fitOf(rules.pipeline, condition, compileCalendar(calendar)) };
}

function fitOf(
  pipeline: Pipeline,
  condition: Condition,
  calendar: ReturnType<typeof compileCalendar>,
): (given?: Readonly<Record<string, Value>>) => ReturnType<typeof fittingFor> {
  const context = { now: '2026-03-02T01:00:00.000Z', calendar, today: '2026-03-02', person: 'ann', currency: 'CNY' };
  return (given = {}) => fittingFor({ pipeline }, [condition], given, context);
}

const cny = (yuan: number): Value => ({ minor: yuan * 100, currency: 'CNY' });

describe('facts', () => {
  it('stay as given where the conditions hold already', () => {
    expect(leaving('{ fact: amount, more_than: 20万 CNY }').fit({ amount: cny(500_000) })?.facts).toEqual({});
  });

  it('are found just beyond what they are compared with', () => {
    const { facts } = leaving('{ fact: amount, more_than: 20万 CNY }').fit() ?? {};
    const { amount } = facts ?? {};
    expect(typeof amount === 'object' && 'minor' in amount && amount.minor > 20_000_000).toBe(true);
  });

  it('are found for a derived fact from the other side of its formula', () => {
    const found = leaving('{ fact: discount, at_most: 10% }').fit({ amount: cny(90_000) });
    const price = found?.facts['list_price'];
    const minor = typeof price === 'object' && 'minor' in price ? price.minor : 0;
    expect((minor - 9_000_000) / minor).toBeLessThanOrEqual(0.1);
    expect(minor).toBeGreaterThan(0);
  });

  it('are left unset where a condition wants them so', () => {
    expect(leaving('{ fact: pain, is_known: false }').fit()?.facts).toEqual({});
  });

  it('are as few as will do', () => {
    const either =
      '{ any: [ { all: [ { fact: pain, is_known: true }, { fact: amount, is_known: true } ] }, { fact: list_price, is_known: true } ] }';
    expect(Object.keys(leaving(either).fit()?.facts ?? {})).toEqual(['list_price']);
  });

  it('that are given are never touched, even where nothing else helps', () => {
    expect(leaving('{ fact: amount, more_than: 20万 CNY }').fit({ amount: cny(1) })).toBeUndefined();
  });
});

describe('evidence, tasks and activities', () => {
  it('are brought where they are asked for', () => {
    const found = leaving(
      '{ all: [ { evidence: visit }, { task: dated }, { activity: call, within: 5 days } ] }',
    ).fit();
    expect(found).toMatchObject({ task: true, activities: ['call'] });
    expect([...(found?.withheld ?? [])]).toEqual([]);
  });

  it('are kept back where they stand in the way', () => {
    const found = leaving('{ all: [ { not: { evidence: visit } }, { not: { task: open } } ] }').fit();
    expect([...(found?.withheld ?? [])]).toEqual(['visit']);
    expect(found?.task).toBe(false);
  });
});

/** Authority as it is written: what compiles, and which cases are found to be nobody's. */

import { describe, expect, test } from 'vitest';
import { compileBase } from './read-set.ts';

const POSTS = ['rep', 'manager', 'director', 'general-manager'];

/** The base set with these dimensions, and as many posts above the rep as there are limits. */
function compiled(dimensions: string, limits: readonly (string | undefined)[], deal = (text: string) => text) {
  const posts = POSTS.slice(0, Math.max(2, limits.length + 1)).map((role, i) =>
    [
      `  - role: ${role}`,
      `    title: { zh: 职位, en: ${role} }`,
      '    may: [ see, open, set_facts, submit_evidence, accept_evidence, advance, resolve, close ]',
      ...(i > 0 ? [`    manages: ${POSTS[i - 1]}`] : []),
      ...(i > 0 && limits[i - 1] !== undefined ? [`    authority: { ${limits[i - 1]} }`] : []),
    ].join('\n'),
  );
  const text = `roles: sales\nauthority:\n${dimensions}\nposts:\n${posts.join('\n')}\n`;
  return compileBase({ 'sales.yaml': () => text, 'deal.yaml': deal });
}

const title = 'title: { zh: 维度, en: Dimension }';
const AMOUNT = `  amount: { ${title}, type: money }`;
const QUALITY = `  quality: { ${title}, type: number, graver: lower }`;
const SEGMENT = `  segment: { ${title}, type: choice }`;

function findings(...of: Parameters<typeof compiled>): readonly string[] {
  return compiled(...of).diagnostics.map(({ code, message }) => `${code}: ${message.en}`);
}

describe('authority', () => {
  test('compiles to dimensions and limits by post, and is in no hash', () => {
    const all = `${AMOUNT}\n${QUALITY}\n${SEGMENT}\n  days: { ${title}, type: days, fact: quality }\n  waiting: { ${title}, type: yes_no }`;
    const limits = 'amount: 20万 CNY, quality: 40, segment: [ existing ], days: 60 days, waiting: no';
    const none = 'amount: no limit, quality: no limit, segment: no limit, days: no limit, waiting: yes';
    const { set, diagnostics } = compiled(all, [limits, none]);
    expect(diagnostics).toEqual([]);
    expect(set?.roles.authority?.map(({ dimension, fact, type, graver }) => [dimension, fact, type, graver])).toEqual([
      ['amount', 'amount', 'money', 'higher'],
      ['quality', 'quality', 'number', 'lower'],
      ['segment', 'segment', 'choice', undefined],
      ['days', 'quality', 'days', 'higher'],
      ['waiting', 'waiting', 'yes_no', 'yes'],
    ]);
    expect(set?.roles.posts[1]?.authority).toMatchObject({
      amount: { kind: 'up_to', value: { minor: 20_000_000, currency: 'CNY' } },
      quality: { kind: 'up_to', value: 40 },
      segment: { kind: 'among', choices: ['existing'] },
      days: { kind: 'up_to', value: 60 },
      waiting: { kind: 'up_to', value: false },
    });
    expect(set?.roles.posts[2]?.authority?.['amount']).toMatchObject({ kind: 'no_limit' });
    expect(set?.rules['deal']?.hash).toBe(compileBase().set?.rules['deal']?.hash);
  });

  test('is written in values of its dimension, all in one currency', () => {
    expect(findings(AMOUNT, ['amount: 20万', 'amount: 1 USD', 'amount: 2 CNY'])).toEqual([
      'bad-money: `20万` is not an amount of money',
      'currency-differs: `amount` is in USD, not CNY',
    ]);
    const days = `  days: { ${title}, type: days, fact: quality }`;
    expect(findings(days, ['days: 60', 'days: 2 months', 'days: no limit'])).toHaveLength(2);
    expect(findings(SEGMENT, ['segment: [ old ]', 'segment: no limit'])).toEqual([
      'unknown-choice: `segment` has no choice `old`',
    ]);
    expect(findings(`  amount: { ${title}, type: money, graver: yes }`, ['amount: no limit'])).toEqual([
      'setting-unfit: `graver: yes` does not fit type `money`',
    ]);
  });
});

describe('a case that nobody may approve', () => {
  test('is found above the highest limit, and below the lowest where less is graver', () => {
    expect(findings(AMOUNT, ['amount: 20万 CNY', 'amount: 50万 CNY'])).toContain(
      'nobody-approves: in `deal` nobody may approve `amount` above 500,000.00 CNY',
    );
    expect(findings(QUALITY, ['quality: 40', 'quality: 20'])).toContain(
      'nobody-approves: in `deal` nobody may approve `quality` below 20',
    );
    expect(findings(SEGMENT, ['segment: [ existing ]'])).toContain(
      'nobody-approves: in `deal` nobody may approve `segment` new',
    );
    expect(findings(AMOUNT, [])).toEqual(['nobody-approves: in `deal` nobody may approve any `amount`']);
  });

  test('is found where each dimension has somebody, and all together nobody', () => {
    const both = `${AMOUNT}\n${QUALITY}`;
    const split = ['amount: no limit, quality: 40', 'amount: 1 CNY, quality: no limit'];
    expect(findings(both, split)).toContain(
      'nobody-approves: in `deal` nobody may approve a case at its gravest in `quality`, `amount` at once',
    );
    expect(findings(both, [...split, 'amount: no limit, quality: no limit']).join()).not.toContain('nobody-approves');
  });

  test('is none where the pipeline, or the fact itself, ends below the limit', () => {
    const limited = ['amount: 20万 CNY'];
    const small = (text: string) =>
      text.replace('calendar: cn', 'applies_when: { fact: amount, at_most: 20万 CNY }\ncalendar: cn');
    expect(findings(AMOUNT, limited, small).join()).not.toContain('nobody-approves');
    const larger = (text: string) => small(text).replace('at_most: 20万', 'at_most: 21万');
    expect(findings(AMOUNT, limited, larger).join()).toContain('nobody-approves');
    expect(findings(`  quality: { ${title}, type: number }`, ['quality: 100'])).toEqual([]);
    expect(findings(`  quality: { ${title}, type: number }`, ['quality: 99'])).toEqual([
      'nobody-approves: in `deal` nobody may approve `quality` above 99',
    ]);
  });
});

describe('limits that shrink up the line', () => {
  test('are found past posts without authority, in each dimension, and where the higher post has none at all', () => {
    const both = `${AMOUNT}\n${SEGMENT}`;
    expect(
      findings(both, ['amount: no limit, segment: no limit', undefined, 'amount: no limit, segment: [ new ]']),
    ).toEqual([
      'limit-shrinks: `amount, segment`: `director` may approve less than `manager`, which it manages',
      'limit-shrinks: `segment`: `general-manager` may approve less than `manager`, which it manages',
    ]);
    expect(findings(AMOUNT, ['amount: 1 CNY', 'amount: 1 CNY', 'amount: no limit'])).toEqual([]);
  });
});

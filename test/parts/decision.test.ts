/** What a tree or a table comes to, with what is known. */

import { describe, expect, test } from 'vitest';
import { type Come, comeTo, waysTo } from '../../engine/parts/decision.ts';
import type { Decision, Table } from '../../engine/playbook/decision.ts';
import type { Value } from '../../engine/playbook/value.ts';
import { decision, factIs, place, question } from '../case/playbook-fixture.ts';
import { seenIn } from '../condition/fixtures.ts';

const tree = decision('win', {
  kind: 'tree',
  questions: [
    question('need', '?deliver', '?strategic'),
    question('deliver', 'frontal', '?strategic', { from: factIs('stock', 'at_least', 1) }),
    question('strategic', 'defend', 'exit'),
  ],
});

function follow(answers: Readonly<Record<string, string>>, facts: Readonly<Record<string, Value>> = {}): string {
  return told(comeTo(tree, (id) => answers[id], seenIn({ facts })));
}

/** `need yes › deliver yes* = frontal`; `*` marks what the facts answer, `? id` what must be answered. */
function told(come: Come): string {
  const path = come.path.map(({ question: id, answer, by }) => `${id} ${answer}${by === 'facts' ? '*' : ''}`);
  const end = come.reached ? `= ${come.outcomes.join(' ')}` : `? ${come.question?.question ?? ''}`.trim();
  return [...path, end].join(' › ');
}

describe('a tree', () => {
  test.each([
    [{ need: 'no', strategic: 'yes' }, 'need no › strategic yes › = defend'],
    [{ need: 'no', strategic: 'no' }, 'need no › strategic no › = exit'],
    [{ need: 'yes', deliver: 'yes' }, 'need yes › deliver yes › = frontal'],
    [{ need: 'yes', deliver: 'no', strategic: 'no' }, 'need yes › deliver no › strategic no › = exit'],
  ])('is followed answer by answer: %j', (answers, way) => {
    expect(follow(answers)).toBe(way);
  });

  test('stops at the first question that nobody has answered', () => {
    expect(follow({})).toBe('? need');
    expect(follow({ need: 'yes' })).toBe('need yes › ? deliver');
  });

  test('lets the facts answer where they can, whatever people said', () => {
    expect(follow({ need: 'yes', deliver: 'yes' }, { stock: 0 })).toBe('need yes › deliver no* › ? strategic');
    expect(follow({ need: 'yes' }, { stock: 3 })).toBe('need yes › deliver yes* › = frontal');
  });

  test('takes an answer that is not offered for none', () => {
    expect(follow({ need: 'perhaps' })).toBe('? need');
  });

  test('ends open where it leads back to itself', () => {
    const round = decision('round', {
      kind: 'tree',
      questions: [question('a', '?b', '?b'), question('b', '?a', '?a')],
    });
    expect(comeTo(round, () => 'yes', seenIn())).toMatchObject({ reached: false });
  });

  test('tells for each outcome the fewest answers that lead there with the facts as they are', () => {
    if (tree.way.kind !== 'tree') throw new Error('no tree');
    expect(Object.fromEntries(waysTo(tree.way, seenIn()))).toEqual({
      frontal: { need: 'yes', deliver: 'yes' },
      defend: { need: 'no', strategic: 'yes' },
      exit: { need: 'no', strategic: 'no' },
    });
    expect(Object.fromEntries(waysTo(tree.way, seenIn({ facts: { stock: 2 } })))['frontal']).toEqual({ need: 'yes' });
  });
});

function table(hit: Table['hit'], otherwise?: string): Decision {
  const row = (outcome: string, when = factIs('score', 'at_least', 80)) => ({ when, outcome, at: place() });
  const rows = [
    row('a', factIs('score', 'at_least', 80)),
    row('b', factIs('urgent', 'is', true)),
    row('c', factIs('score', 'less_than', 80)),
  ];
  return decision('grade', { kind: 'table', hit, rows, ...(otherwise && { otherwise }) });
}

function judged(rule: Decision, facts: Readonly<Record<string, Value>>): string {
  const come = comeTo(rule, () => undefined, seenIn({ facts }));
  if (!come.reached) return come.several === undefined ? 'open' : `several ${come.several.join(' ')}`;
  const maybe = come.maybe.length === 0 ? '' : ` (${come.maybe.join(' ')})`;
  return `${come.outcomes.join(' ') || 'none'}${maybe}`;
}

describe('a table', () => {
  test.each([
    ['first', { score: 90, urgent: true }, 'a'],
    ['first', { score: 10, urgent: true }, 'b'],
    ['first', { score: 10, urgent: false }, 'c'],
    // The first that holds is not known while one before it may.
    ['first', { urgent: true }, 'open'],
    ['first', { score: 90 }, 'a'],
    ['first', { score: 10 }, 'open'],
    ['unique', { score: 90, urgent: false }, 'a'],
    ['unique', { score: 90, urgent: true }, 'several 0 1'],
    ['unique', { score: 90 }, 'a'],
    ['unique', { urgent: false }, 'open'],
    ['collect', { score: 90, urgent: true }, 'a b'],
    ['collect', { score: 90 }, 'a (b)'],
    ['collect', {}, 'none (a b c)'],
  ] as const)('%s, %j: %s', (hit, facts, outcome) => {
    expect(judged(table(hit), facts)).toBe(outcome);
  });

  test('comes to `otherwise` only where every rule is known not to hold', () => {
    const rows = [{ when: factIs('urgent', 'is', true), outcome: 'a', at: place() }];
    for (const hit of ['first', 'unique', 'collect'] as const) {
      const rule = decision('d', { kind: 'table', hit, rows, otherwise: 'z' });
      expect(judged(rule, { urgent: false })).toBe('z');
      expect(judged(rule, {})).not.toContain('z');
    }
  });
});

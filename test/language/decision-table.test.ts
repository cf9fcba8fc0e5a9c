/** What is said of the rules of a table, against a second opinion that tries every value there is. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { truthOf } from '../../engine/condition/evaluate.ts';
import type { Condition } from '../../engine/playbook/condition.ts';
import type { Value } from '../../engine/playbook/value.ts';
import { seenIn } from '../condition/fixtures.ts';
import { compileBase } from './read-set.ts';

type Rule = readonly [when: string, outcome: string];

function tableOf(hit: string, rules: readonly Rule[], otherwise?: string): string {
  const outcomes = [...new Set([...rules.map(([, outcome]) => outcome), ...(otherwise ? [otherwise] : [])])];
  return [
    'decision: size',
    'title: Size',
    'applies_to: [ deal ]',
    `hit: ${hit}`,
    'outcomes:',
    ...outcomes.map((one) => `  - { outcome: ${one}, title: ${one} }`),
    'rules:',
    ...rules.map(([when, outcome]) => `  - { when: ${when}, outcome: ${outcome} }`),
    ...(otherwise ? [`otherwise: ${otherwise}`] : []),
    '',
  ].join('\n');
}

/** Codes with the numbers of the rules they stand at. */
function said(table: string) {
  const { diagnostics } = compileBase({ 'size.yaml': () => table });
  const first = table.split('\n').indexOf('rules:') + 2;
  return diagnostics.map(({ code, at, hint }) => ({ code, rule: at.line - first, hint: hint?.en ?? '' }));
}

function codes(table: string): readonly string[] {
  return said(table).map(({ code, rule }) => (code === 'combination-missing' ? code : `${code} ${rule}`));
}

describe('a table', () => {
  test('of bands that meet is neither full of holes nor of overlaps', () => {
    const table = tableOf('unique', [
      ['{ fact: amount, less_than: 5万 CNY }', 'small'],
      ['{ all: [ { fact: amount, at_least: 5万 CNY }, { fact: amount, at_most: 20万 CNY } ] }', 'middle'],
      ['{ fact: amount, more_than: 20万 CNY }', 'large'],
    ]);
    expect(codes(table)).toEqual([]);
  });

  test('tells the value at which two bands meet twice, and the one between two that do not', () => {
    const both = tableOf('unique', [
      ['{ fact: amount, at_most: 20万 CNY }', 'small'],
      ['{ fact: amount, at_least: 20万 CNY }', 'large'],
    ]);
    expect(said(both)).toEqual([
      { code: 'rules-overlap', rule: 1, hint: expect.stringContaining('`amount` 200,000.00 CNY') },
    ]);
    const neither = tableOf('unique', [
      ['{ fact: amount, less_than: 20万 CNY }', 'small'],
      ['{ fact: amount, more_than: 20万 CNY }', 'large'],
    ]);
    expect(said(neither)).toEqual([
      { code: 'combination-missing', rule: -1, hint: expect.stringContaining('`amount` 200,000.00 CNY') },
    ]);
  });

  test('asks nothing beyond the limits of a fact', () => {
    const table = tableOf('unique', [
      ['{ fact: quality, less_than: 50 }', 'low'],
      ['{ all: [ { fact: quality, at_least: 50 }, { fact: quality, at_most: 100 } ] }', 'high'],
    ]);
    expect(codes(table)).toEqual([]);
  });

  test('may look at evidence, at dates by the clock and at two facts side by side', () => {
    const table = tableOf('unique', [
      ['{ evidence: first-visit }', 'seen'],
      ['{ all: [ { not: { evidence: first-visit } }, { fact: signed_on, within: 30 days } ] }', 'soon'],
      ['{ all: [ { not: { evidence: first-visit } }, { not: { fact: signed_on, within: 30 days } } ] }', 'late'],
    ]);
    expect(codes(table)).toEqual([]);
  });

  test('that asks whether a fact is known has a rule for when it is not', () => {
    const rules: Rule[] = [
      ['{ fact: segment, is: new }', 'new'],
      ['{ fact: segment, is: existing }', 'old'],
    ];
    expect(codes(tableOf('unique', rules))).toEqual([]);
    const asking: Rule[] = [
      ['{ all: [ { fact: segment, is: new }, { fact: segment, is_known: yes } ] }', 'new'],
      ...rules.slice(1),
    ];
    expect(said(tableOf('unique', asking))).toEqual([
      { code: 'combination-missing', rule: -1, hint: expect.stringContaining('`segment` not known') },
    ]);
  });
});

test('says nothing of a table whose facts cannot be read: only what is wrong there', () => {
  const broken = compileBase({ 'deal.yaml': (text) => text.replace('subject: opportunity', 'subject: [') });
  expect(broken.diagnostics.filter(({ at }) => at.file === 'size.yaml')).toEqual([]);
  expect(broken.diagnostics.length).toBeGreaterThan(0);
});

describe('a thousand rules', () => {
  const THOUSAND = Array.from({ length: 1000 }, (_, index) => index);
  const outcomeOf = (index: number) => (index % 2 === 0 ? 'even' : 'odd');
  const bands = THOUSAND.map((index): Rule => [`{ fact: amount, less_than: ${index + 1}000 CNY }`, outcomeOf(index)]);
  const values = THOUSAND.map((index): Rule => [`{ fact: amount, is: ${index}000 CNY }`, outcomeOf(index)]);

  test('are looked at whole', () => {
    expect(codes(tableOf('first', [...bands.slice(1), ['{ fact: amount, at_least: 1000000 CNY }', 'odd']]))).toEqual(
      [],
    );
    expect(codes(tableOf('unique', values, 'even'))).toEqual([]);
  });

  test('and the one that says again what an earlier one does', () => {
    const twice = values.with(900, ['{ fact: amount, is: 77000 CNY }', 'odd']);
    expect(codes(tableOf('unique', twice, 'even'))).toEqual(['rules-overlap 900']);
    const late = bands.with(900, ['{ fact: amount, less_than: 500 CNY }', 'odd']);
    expect(codes(tableOf('first', late, 'even'))).toEqual(['rule-unreachable 900']);
  });

  test('and the values beyond the last', () => {
    expect(said(tableOf('first', bands))).toEqual([
      { code: 'combination-missing', rule: -1, hint: expect.stringContaining('`amount` 1,000,000.00 CNY') },
    ]);
  });

  test('on two facts as well', () => {
    const two = THOUSAND.slice(0, 800).map((index): Rule => {
      const segment = index < 400 ? 'new' : 'existing';
      return [
        `{ all: [ { fact: segment, is: ${segment} }, { fact: amount, is: ${index % 400}000 CNY } ] }`,
        outcomeOf(index),
      ];
    });
    expect(codes(tableOf('unique', two, 'even'))).toEqual([]);
    expect(codes(tableOf('unique', two.with(700, two[0] ?? ['', '']), 'even'))).toEqual(['rules-overlap 700']);
  });
});

/** Small facts, so that every combination can be tried. */
const QUALITIES = [0, 5, 10, 15, 20, 25, 30, 100];
const leaf = fc.oneof(
  fc
    .tuple(fc.constantFrom('at_least', 'more_than', 'at_most', 'less_than', 'is', 'is_not'), fc.constantFrom(10, 20))
    .map(([operator, value]) => `{ fact: quality, ${operator}: ${value} }`),
  fc.constantFrom('{ fact: segment, is: new }', '{ fact: segment, is_not: new }', '{ fact: waiting, is: yes }'),
  fc.constant('{ not: { fact: waiting, is: yes } }'),
);
const when = fc.oneof(
  leaf,
  fc.tuple(leaf, leaf).map((two) => `{ all: [ ${two.join(', ')} ] }`),
  fc.tuple(leaf, leaf).map((two) => `{ any: [ ${two.join(', ')} ] }`),
  fc.tuple(leaf, leaf).map((two) => `{ not: { any: [ ${two.join(', ')} ] } }`),
);

const WORLDS: readonly Readonly<Record<string, Value>>[] = QUALITIES.flatMap((quality) =>
  ['new', 'existing'].flatMap((segment) => [true, false].map((waiting) => ({ quality, segment, waiting }))),
);

function holding(
  rows: readonly { readonly when: Condition }[],
  facts: Readonly<Record<string, Value>>,
): readonly number[] {
  const seen = seenIn({ facts });
  return rows.flatMap((row, index) => (truthOf(row.when, seen) === true ? [index] : []));
}

describe('whatever the rules are', () => {
  test.each(['unique', 'first'] as const)('what is said of a table (%s) is what trying every value shows', (hit) => {
    fc.assert(
      fc.property(fc.array(when, { minLength: 1, maxLength: 5 }), (conditions) => {
        const rules = conditions.map((one): Rule => [one, 'a']);
        // `collect` says nothing of its own, so that the rules can be had whatever they are.
        const { set, diagnostics } = compileBase({ 'size.yaml': () => tableOf('collect', rules) });
        // A rule that can never hold by itself is told by another code, and nothing else is looked at.
        fc.pre(diagnostics.length === 0);
        const way = set?.rules['deal']?.decisions?.find((one) => one.decision === 'size')?.way;
        if (way?.kind !== 'table') throw new Error('no table');
        const hits = WORLDS.map((facts) => holding(way.rows, facts));
        const overlapped = way.rows.flatMap((_row, index) =>
          hits.some((hit) => hit.includes(index) && hit.some((one) => one < index)) ? [`rules-overlap ${index}`] : [],
        );
        const hidden = way.rows.flatMap((_row, index) => {
          const own = hits.filter((hit) => hit.includes(index));
          return own.length > 0 && own.every((hit) => hit[0] !== index) ? [`rule-unreachable ${index}`] : [];
        });
        const missing = hits.some((hit) => hit.length === 0) ? ['combination-missing'] : [];
        const found = codes(tableOf(hit, rules));
        expect([...found].sort()).toEqual([...(hit === 'unique' ? overlapped : hidden), ...missing].sort());
      }),
      { numRuns: 150 },
    );
  });
});

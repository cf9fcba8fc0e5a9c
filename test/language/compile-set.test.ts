/** From text to a compiled set: what playbooks say is what the engine gets. */

import { describe, expect, test } from 'vitest';
import { compileSet } from '../../engine/language/compile-set.ts';
import { sha256 } from '../../store/hash.ts';
import { compileBase, filesIn, setOf } from './read-set.ts';

describe('a set without errors', () => {
  const { set, scenarios, diagnostics } = compileBase();

  test('has no findings and is frozen to its leaves', () => {
    expect(diagnostics).toEqual([]);
    expect(Object.isFrozen(set?.rules['deal']?.pipeline.stages[0]?.milestones[0]?.when)).toBe(true);
  });

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(set))).toEqual(set);
  });

  test('has conditions with typed operands and the places they were written at', () => {
    expect(set?.rules['deal']?.pipeline.stages[1]?.leave_when).toEqual({
      kind: 'all',
      at: { file: 'deal.yaml', line: 33, col: 19 },
      of: [
        {
          kind: 'fact',
          fact: 'amount',
          operator: 'more_than',
          operand: { kind: 'value', value: { minor: 20_000_000, currency: 'CNY' } },
          at: { file: 'deal.yaml', line: 33, col: 28 },
        },
        {
          kind: 'fact',
          fact: 'signed_on',
          operator: 'is_known',
          operand: { kind: 'value', value: true },
          at: { file: 'deal.yaml', line: 33, col: 66 },
        },
      ],
    });
  });

  test('binds to a pipeline its gates and the ladders its stages use', () => {
    const rules = set?.rules['deal'];
    expect(rules?.gates.map((gate) => [gate.gate, gate.at_point, gate.mode])).toEqual([['kept', 'advance', 'enforce']]);
    expect(Object.keys(rules?.ladders ?? {})).toEqual(['stall']);
  });

  test('gives calendars in minutes from Monday on', () => {
    const { hours, holidays } = set?.calendars['cn'] ?? {};
    expect(hours?.[0]).toEqual([
      [540, 720],
      [810, 1080],
    ]);
    expect(hours?.[6]).toEqual([]);
    expect(holidays?.[0]).toMatchObject({ from: '2026-10-01', to: '2026-10-07' });
  });

  test('gives posts the reach of their rights', () => {
    expect(set?.roles.posts.map((post) => [post.role, post.over])).toEqual([
      ['rep', 'own'],
      ['manager', 'team'],
    ]);
  });

  test('gives scenarios as commands and parsed expectations', () => {
    const [line, , submit, refused] = scenarios[0]?.list[0]?.timeline ?? [];
    expect(line).toMatchObject({
      when: { kind: 'after', duration: { amount: 20, unit: 'business_days' } },
      expect: [{ kind: 'remind', who: { kind: 'person', person: 'ann' } }],
    });
    expect(submit?.do).toEqual({
      command: 'submit_evidence',
      evidence: 'first-visit',
      fields: { visited_on: '2026-04-01', people: 'Liu Wei' },
    });
    expect(refused?.refused).toMatchObject([
      { kind: 'about', about: 'milestone', id: 'pain-found' },
      { kind: 'about', about: 'gate', id: 'kept' },
    ]);
  });
});

describe('the hash of the rules', () => {
  const hash = (edits: Parameters<typeof compileBase>[0]) => setOf(compileBase(edits)).rules['deal']?.hash;
  const base = hash({});

  test('stays when only wording and line numbers change', () => {
    expect(
      hash({
        'deal.yaml': (text) => `# a remark\n\n${text.replace('en: Pain found', 'en: Their pain is known')}`,
        'stall.yaml': (text) =>
          text.replace('{ remind: owner }', "{ remind: owner, text: { zh: 下一步？, en: 'what next?' } }"),
        'kept.yaml': (text) => text.replace('No dated plan', 'There is no plan with a date'),
        'cn.yaml': (text) => text.replace('13:30-18:00', '13:30-17:30'),
        'sales.yaml': (text) => text.replace('en: Rep', 'en: Salesperson'),
      }),
    ).toBe(base);
  });

  const changes: readonly (readonly [string, string, string, string])[] = [
    ['a milestone', 'deal.yaml', 'at_least: 50', 'at_least: 60'],
    ['a choice', 'deal.yaml', '[ new, existing ]', '[ new, existing, former ]'],
    ['a reason to be lost', 'deal.yaml', 'lost_reasons: { price:', 'lost_reasons: { rival: Rival, price:'],
    ['a gate', 'kept.yaml', 'within: 10 business days', 'within: 5 business days'],
    ['the mode of a gate', 'kept.yaml', 'at: advance', 'at: advance\nmode: warn'],
    ['a rung', 'stall.yaml', 'after: 3 business days', 'after: 4 business days'],
  ];
  for (const [what, file, from, to] of changes) {
    test(`changes with ${what}`, () => expect(hash({ [file]: (text) => text.replace(from, to) })).not.toBe(base));
  }
});

describe('the long form of a condition', () => {
  test('compiles to the same as the short one, places aside', () => {
    const long = (text: string) =>
      text.replace(
        '{ fact: amount, more_than: 20万 CNY }',
        '{ fact: amount, operator: greaterThan, value: 20000000, path: $.CNY }',
      );
    const leaf = (edits: Parameters<typeof compileBase>[0]) =>
      setOf(compileBase(edits)).rules['deal']?.pipeline.stages[1]?.leave_when;
    const written = leaf({ 'deal.yaml': long });
    expect(JSON.stringify(written)).toContain('"minor":20000000');
    expect(setOf(compileBase({ 'deal.yaml': long })).rules['deal']?.hash).toBe(
      setOf(compileBase()).rules['deal']?.hash,
    );
  });
});

describe('text from other editors', () => {
  test('with carriage returns and a byte order mark means the same', () => {
    const crlf = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;
    const { set } = compileBase({ 'deal.yaml': crlf, 'stall.yaml': crlf, 'cn.yaml': crlf });
    expect(set?.rules['deal']?.hash).toBe(setOf(compileBase()).rules['deal']?.hash);
    expect(set?.rules['deal']?.pipeline.stages[0]?.at).toMatchObject({ line: 14, col: 5 });
  });

  test('has its columns counted as editors count them', () => {
    const { diagnostics } = compileBase({
      'kept.yaml': (text) => `\ufeff${text.replace('{ task: dated }', '{ task: soon }').replaceAll('\n', '\r\n')}`,
    });
    expect(diagnostics).toMatchObject([{ code: 'unknown-word', at: { line: 5, col: 24 } }]);
  });
});

describe('what is found', () => {
  test('is all there is, over all files', () => {
    const { set, diagnostics } = compileBase({
      'deal.yaml': (text) => text.replace('fact: quality', 'fact: qualty').replace('is: existing', 'is: old'),
      'kept.yaml': (text) => text.replace('task: dated', 'task: soon'),
      'cn.yaml': (text) => text.replace('2026-12-31', '2026-13-31'),
    });
    expect(set).toBeUndefined();
    expect(diagnostics.map((one) => `${one.at.file} ${one.code}`)).toEqual([
      'cn.yaml bad-date',
      'kept.yaml unknown-word',
    ]);
  });

  test('of a file waits until what it names can be read', () => {
    const broken = { 'deal.yaml': (text: string) => text.replace('subject: opportunity\n', '') };
    expect(compileBase(broken).diagnostics.map((one) => one.code)).toEqual(['missing-key']);
  });

  test('does not depend on the order of files', () => {
    const files = filesIn('playbooks');
    const there = compileSet(files, { sha256 });
    const back = compileSet([...files].reverse(), { sha256 });
    expect(back).toEqual(there);
  });
});

/** Diagnoses are checked like everything else, judge nothing, and change their hash only with what they look for. */

import { describe, expect, test } from 'vitest';
import { compileBase, setOf } from './read-set.ts';

const RISKS = `diagnosis: risks
title: { zh: 风险, en: Risks }
applies_to: [ deal ]
findings:
  - finding: quality-low
    class: customer
    title: { zh: 质量低, en: The quality is low }
    when: { fact: quality, less_than: 30 }
    causes: [ { zh: 谁说要买？, en: Who said they would buy? } ]
    prescription: { zh: 再访一次, en: Visit again }
    owner: manager
    respond_within: 2 business days
    rungs:
      - { after: 3 business days, do: [ remind ] }
      - { after: 5 business days, do: [ { notify: manager } ] }
    do: [ { notify: owner } ]
    on_respond: [ { task: { zh: 再访, en: Visit again }, due: 5 business days } ]
`;

const compiled = (edit: (text: string) => string = (text) => text, more: Readonly<Record<string, string>> = {}) =>
  compileBase({
    'risks.yaml': () => edit(RISKS),
    ...Object.fromEntries(Object.entries(more).map(([path, text]) => [path, () => text])),
  });
/** Where and what is told of a change of one text in it. */
const told = (from: string, to: string, more: Readonly<Record<string, string>> = {}) =>
  compiled((text) => text.replace(from, to), more).diagnostics.map(({ at, code }) => `${at.file}:${at.line} ${code}`);

describe('a diagnosis', () => {
  test('is kept beside the rules of cases, not in them', () => {
    const { rules: without } = setOf(compileBase());
    const set = setOf(compiled());
    expect(Object.keys(set.diagnoses ?? {})).toEqual(['risks']);
    for (const [pipeline, { hash }] of Object.entries(set.rules)) expect(hash).toBe(without[pipeline]?.hash);
  });

  test('has a hash that words and lines never change, and what it looks for does', () => {
    const hash = (edit: (text: string) => string) => setOf(compiled(edit)).diagnoses?.['risks']?.hash;
    const first = hash((text) => text);
    expect(
      hash((text) => text.replace('Who said they would buy?', 'Who says so?').replace('title:', '# a line\ntitle:')),
    ).toBe(first);
    expect(hash((text) => text.replace('less_than: 30', 'less_than: 31'))).not.toBe(first);
    expect(hash((text) => text.replace('owner: manager', 'owner: owner'))).not.toBe(first);
  });

  test.each([
    [
      'of people sees their measures, and does nothing to a case',
      'applies_to:',
      'of: rep\napplies_to:',
      [
        'risks.yaml:4 unknown-role',
        'risks.yaml:9 unknown-rep-fact',
        'risks.yaml:17 finding-key-unfit',
        'risks.yaml:18 finding-key-unfit',
      ],
    ],
    ['names pipelines that are there', '[ deal ]', '[ deal, dael ]', ['risks.yaml:3 unknown-pipeline']],
    ['looks at facts that are there', 'fact: quality', 'fact: qualty', ['risks.yaml:8 unknown-fact']],
    ['is answered by somebody', 'owner: manager', 'owner: mangaer', ['risks.yaml:11 unknown-who']],
    ['climbs in the order of time', 'after: 5', 'after: 3', ['risks.yaml:15 rung-order']],
    [
      'flags nothing: an open finding is what is shown',
      '{ notify: owner }',
      '{ flag: low }',
      ['risks.yaml:16 outcome-action-unfit'],
    ],
    [
      'looks for nothing that can never be',
      '{ fact: quality, less_than: 30 }',
      '{ all: [ { fact: quality, less_than: 30 }, { fact: quality, more_than: 60 } ] }',
      ['risks.yaml:8 contradiction'],
    ],
    ['looks for nothing beyond a limit', 'less_than: 30', 'more_than: 100', ['risks.yaml:8 never-holds']],
  ])('%s', (_, from, to, codes) => expect(told(from, to)).toEqual(codes));

  test('shares no id of a finding with another: it is answered by that alone', () => {
    const more = { 'other.yaml': RISKS.replace('diagnosis: risks', 'diagnosis: other') };
    expect(told('', '', more)).toEqual(['risks.yaml:5 duplicate-id']);
  });

  test('starts no case that would be found the same and start another, without end', () => {
    const start = '- { start: deal }';
    expect(told('do: [ { notify: owner } ]', `do:\n      ${start}`)).toContain('risks.yaml:17 start-cycle');
    // Where somebody answers first, it has an end.
    expect(told('on_respond: [', `on_respond: [ { start: deal }, `)).toEqual([]);
  });

  test('is spared, with what it would use, while it cannot be read', () => {
    const { diagnostics } = compiled((text) => text.replace('2 business days', '2bd'));
    expect(diagnostics.map(({ code }) => code)).toEqual(['bad-duration']);
  });
});

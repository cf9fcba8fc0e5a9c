/** Notes are found where they help, and judge nothing. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aboutsOf, notesFor } from '../../engine/case/notes-for.ts';
import { compileSet } from '../../engine/language/compile-set.ts';
import { sha256 } from '../../store/hash.ts';

const BASE = readdirSync('test/golden/check/base').map((path) => ({
  path,
  text: readFileSync(`test/golden/check/base/${path}`, 'utf8'),
}));

const NOTE = `knowledge: first-visit-guide
title: { zh: 初访, en: First visit }
category: skill
tags: [ visit ]
attached_to: [ { evidence: first-visit }, { stage: target }, { gate: kept }, { ladder: stall } ]
text:
  zh: |
    # 标题

    - 多听
  en: |
    # Head

    - listen
`;

function compiled(...notes: readonly string[]) {
  const files = notes.map((text) => ({ path: `${/^knowledge: (.*)$/m.exec(text)?.[1]}.yaml`, text }));
  const { set, diagnostics } = compileSet([...BASE, ...files], { sha256 });
  return { set, codes: diagnostics.map(({ code }) => code) };
}

function shown(abouts: readonly string[], pipeline = 'deal', ...notes: readonly string[]) {
  const { set, codes } = compiled(...(notes.length > 0 ? notes : [NOTE]));
  if (set === undefined) throw new Error(codes.join());
  return notesFor(set, pipeline, abouts).map(({ knowledge }) => knowledge);
}

describe('a note', () => {
  it('is shown for each thing it is attached to, and for nothing else', () => {
    for (const about of ['evidence first-visit', 'stage target', 'gate kept', 'ladder stall']) {
      expect(shown([about]), about).toEqual(['first-visit-guide']);
    }
    expect(shown(['milestone pain-found', 'stage first-visit', 'evidence target'])).toEqual([]);
    expect(shown(['stage target'], 'constructor')).toEqual([]);
  });

  it('is shown once, however much of it helps, beside others in the order of their ids', () => {
    const other = NOTE.replace('first-visit-guide', 'a-note');
    expect(shown(['stage target', 'gate kept'], 'deal', NOTE, other)).toEqual(['a-note', 'first-visit-guide']);
  });

  it('keeps its Markdown line by line', () => {
    expect(compiled(NOTE).set?.knowledge?.['first-visit-guide']?.text).toEqual({
      zh: '# 标题\n\n- 多听',
      en: '# Head\n\n- listen',
    });
  });

  it('changes no hash of rules: running cases are not touched by it', () => {
    const hashes = (...notes: readonly string[]) =>
      Object.values(compiled(...notes).set?.rules ?? {}).map(({ hash }) => hash);
    expect(hashes(NOTE)).toEqual(hashes());
    expect(hashes().length).toBeGreaterThan(0);
  });

  it('attached to what is not there is found, with what was meant', () => {
    expect(compiled(NOTE.replace('gate: kept', 'gate: keept')).codes).toEqual(['unknown-attachment']);
    expect(compiled(NOTE.replace('stage: target', 'stage: first-visit')).codes).toEqual(['unknown-attachment']);
    expect(compiled(NOTE.replace('category: skill', 'category: skill\napplies_to: [ dael ]')).codes).toEqual([
      'unknown-pipeline',
    ]);
  });

  it('is attached to findings that something looks for', () => {
    expect(compiled(NOTE.replace('{ gate: kept }', '{ finding: low-price }')).codes).toEqual(['unknown-attachment']);
  });
});

it('a reason is helped by notes on its rule, and on the evidence and milestones that it waits for', () => {
  const at = { file: 'deal.yaml', line: 1, col: 1 };
  const unmet = [
    { leaf: { kind: 'evidence', evidence: 'first-visit', at }, truth: false },
    { leaf: { kind: 'milestone', milestone: 'pain-found', at }, truth: false },
    { leaf: { kind: 'approval', approval: 'price', at }, truth: false },
    { leaf: { kind: 'task', task: 'dated', at }, truth: false },
  ] as const;
  expect(aboutsOf({ about: 'gate kept', unmet })).toEqual([
    'gate kept',
    'evidence first-visit',
    'milestone pain-found',
    'approval price',
  ]);
  expect(aboutsOf({ unmet: [] })).toEqual([]);
});

it('sets from before there were notes have none', () => {
  expect(notesFor({}, 'deal', ['stage target'])).toEqual([]);
});

/** Scenarios about coaching flows and rhythms: those shipped are kept, and a playbook that is changed breaks them. */

import { describe, expect, it } from 'vitest';
import { type CompiledSet, compileRead, readSource } from '../../engine/language/compile-set.ts';
import type { ScenarioResult } from '../../engine/rehearse/result.ts';
import { runScenarios } from '../../engine/rehearse/run-scenarios.ts';
import { sha256 } from '../../store/hash.ts';
import { SHIPPED_PLAYBOOKS } from '../mapping/shipped-mapping.ts';

const READ = SHIPPED_PLAYBOOKS.map((file) => ({ ...file, read: readSource(file) }));

/** The shipped playbooks with some of their texts changed. */
function compiled(change: Readonly<Record<string, (text: string) => string>>): CompiledSet {
  const read = READ.map(({ path, text, read }) => {
    const changed = change[path];
    return changed === undefined ? read : readSource({ path, text: changed(text) });
  });
  return compileRead(read, { sha256 });
}

function resultsOf(of: string, { set, scenarios, diagnostics }: CompiledSet): readonly ScenarioResult[] {
  if (set === undefined) throw new Error(JSON.stringify(diagnostics));
  return runScenarios(
    set,
    scenarios.filter((file) => file.scenarios === of),
  );
}

function replaced(from: string, to: string) {
  return (text: string): string => {
    if (!text.includes(from)) throw new Error(`there is no \`${from}\``);
    return text.replaceAll(from, to);
  };
}

/** The names of the scenarios that differ, and what came instead of what. */
function differing(results: readonly ScenarioResult[]): readonly string[] {
  return results.flatMap(({ differences }) =>
    differences.map(({ expected, got }) => `${expected.join(', ')} | ${got.join(', ')}`),
  );
}

/** A file of scenarios with these lines, about somebody called ann. */
function lines(of: string, timeline: string, given = ''): (text: string) => string {
  return () =>
    `scenarios: ${of}\nlist:\n  - scenario: tried\n    given: { owner: ann, at: 2026-10-20 10:00${given} }\n    timeline:\n${timeline}\n`;
}

const SHIPPED = compiled({});

describe('shipped flows and rhythms', () => {
  const files = SHIPPED.scenarios.filter(({ of }) => of === 'person').map(({ scenarios }) => scenarios);

  it('have scenarios, each flow and each rhythm', () => {
    const { coaching = {}, rhythms = {} } = SHIPPED.set ?? {};
    expect(files.sort()).toEqual([...Object.keys(coaching), ...Object.keys(rhythms)].sort());
  });

  it.each(files)('%s keeps its promises', (of) => {
    expect(differing(resultsOf(of, SHIPPED))).toEqual([]);
  });
});

describe('a playbook that was changed', () => {
  it.each([
    ['smart', 'within: 3 business days', 'within: 4 business days', 'remind manager | '],
    ['smart', 'times: 2', 'times: 3', 'refused: [ postponed-enough ] | refused: [ postponed-too-far ]'],
    ['smart', 'when_met: goal-review', 'when_met: best', 'coaching goal-review opened, ask ann | '],
    ['solid', 'sent_back_to: develop', 'sent_back_to: overall', 'refused: [ not-this-step ]'],
    ['best', 'points_at: case', 'points_at: behaviour', 'refused: [ points-at-nothing ]'],
  ])('of %s where `%s` became `%s` breaks its promises', (of, from, to, shown) => {
    const found = differing(resultsOf(of, compiled({ [`${of}.yaml`]: replaced(from, to) })));
    expect(found).not.toEqual([]);
    expect(found.join('\n')).toContain(shown);
  });

  it('breaks those of a rhythm: a plan that is missed a day later', () => {
    const change = { 'rep-rhythm.yaml': replaced('missed_after: 3 business days', 'missed_after: 4 business days') };
    expect(differing(resultsOf('rep-rhythm', compiled(change)))).toEqual(['duty weekly-plan missed | ']);
  });
});

describe('a line about a person', () => {
  it('says which answer came where it says another', () => {
    const timeline = '      - { do: agree, by: manager, refused: [ deadline-past ] }';
    const [result] = resultsOf('smart', compiled({ 'smart.scenarios.yaml': lines('smart', timeline) }));
    expect(result?.differences).toMatchObject([
      { expected: ['refused: [ deadline-past ]'], got: ['invalid: no-such-session at /session'] },
    ]);
    expect(result?.trace.at(-1)?.text).toBe('agree, by manager: invalid: no-such-session at /session');
  });

  it.each([
    ['{ do: answer_step specifics, by: manager, with: { result: More } }', 'unknown-in-scenario'],
    ['{ do: answer_step specific, by: manager, with: { results: More of it } }', 'unknown-field'],
    ['{ do: open_coaching smarter, by: manager }', 'unknown-in-scenario'],
    ['{ do: answer_step, by: manager }', 'command-argument'],
    ['{ do: advance }', 'unknown-command'],
    ['{ do: judge_goal, by: manager, with: { kept: perhaps } }', 'wrong-operand'],
    ['{ do: agree, with: { note: yes } }', 'unknown-argument'],
    ['{ at: 1 business days, expect: [ goal reached ] }', 'bad-expectation'],
    ['{ at: 1 business days, expect: [ coaching smarter opened ] }', 'unknown-in-scenario'],
    ['{ at: 1 business days, expect: [ duty weekly-plan done ] }', 'unknown-in-scenario'],
    ['{ at: 1 business days, expect: [ stage solution ] }', 'bad-expectation'],
    ['{ do: agree, refused: [ milestone pain-found ] }', 'bad-refusal'],
    ['{ at: 1 business days, measures: { win-rates: { own: 40 } } }', 'unknown-measure'],
    ['{ child: obligation done }', 'scenario-key'],
  ])('%s is `%s`', (line, code) => {
    const { diagnostics } = compiled({ 'smart.scenarios.yaml': lines('smart', `      - ${line}`) });
    expect(diagnostics.map((one) => one.code)).toEqual([code]);
  });

  it('says nothing of measures where a case is played', () => {
    const change = replaced(
      'given: { owner: ann, at: 2026-03-02 09:00 }',
      'given: { owner: ann, at: 2026-03-02 09:00, cases: [ a ] }',
    );
    const { diagnostics } = compiled({ 'performance.scenarios.yaml': change });
    expect(diagnostics.map((one) => one.code)).toEqual(['scenario-key']);
  });

  it('has figures hold from the line before on, and by the day a goal ends', () => {
    const goal = `      - { do: open_coaching, by: manager }
      - { do: answer_step specific, by: manager, with: { result: Win six of ten, expected_level: The middle, serves: The year, kind: routine } }
      - { do: answer_step measurable, by: manager, with: { measure: win-rate } }
      - { do: answer_step realistic, by: manager, with: { realistic: 50, ideal: 60 } }
      - { do: answer_step time-bound, by: manager, with: { due_on: 2026-12-18 } }
      - { do: agree }`;
    const given = ', measures: { win-rate: { own: 40, high: 62 } }';
    const ended = (own: number) => {
      const timeline = `${goal}\n      - { at: 2026-12-20 09:00, measures: { win-rate: { own: ${own} } }, expect: [ nothing ] }`;
      const [result] = resultsOf('smart', compiled({ 'smart.scenarios.yaml': lines('smart', timeline, given) }));
      return result?.differences.map(({ got }) => got[0]);
    };
    expect([ended(49), ended(50), ended(60)]).toEqual([['goal missed'], ['goal realistic'], ['goal ideal']]);
  });
});

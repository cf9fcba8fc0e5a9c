/** What the scenario runner promises: kept promises stay silent, broken ones say what differed. */

import { describe, expect, it } from 'vitest';
import { runScenarios } from '../../engine/rehearse/run-scenarios.ts';
import { compileSample, rehearse, rehearseOne } from './sample-playbooks.ts';

const QUIET = `  - scenario: a quiet case climbs
    given: { owner: ann, at: 2026-03-02 09:00 }
    timeline:
      - { at: 5 business days, expect: [ remind ann ] }
      - { at: 7 business days, expect: [ notify manager ] }
`;

const given = '    given: { owner: ann, at: 2026-03-02 09:00 }\n    timeline:\n';
const scenario = (lines: string, start = given): string => `  - scenario: s\n${start}${lines}`;

describe('a kept promise', () => {
  it('takes six lines and says nothing', () => {
    const result = rehearseOne(QUIET);
    expect(result).toMatchObject({ scenario: 'a quiet case climbs', of: 'walk', passed: true, differences: [] });
  });

  it('leaves a time line to read all the same', () => {
    expect(rehearseOne(QUIET).trace.map(({ local, kind, text }) => `${local} ${kind} ${text}`)).toEqual([
      '2026-03-02 09:00 given given first, owner ann',
      '2026-03-09 09:00 happened remind ann',
      '2026-03-11 09:00 happened notify manager',
    ]);
  });

  it('may name what happened in any order, people by post, and leave details out', () => {
    const lines = `      - at: 7 business days
        do: submit_evidence visit
        with: { on: 2026-03-02, met: Liu Wei }
        expect: [ ask manager, notify manager, remind owner ]
      - { do: accept_evidence visit, by: manager, expect: [ tell owner visit ] }
`;
    expect(rehearseOne(scenario(lines)).differences).toEqual([]);
  });

  it('need not list what a line is not about', () => {
    const lines = `      - { at: 7 business days, do: set_facts, with: { pain: books } }
      - { at: 8 business days, expect: [ nothing ] }
`;
    expect(rehearseOne(scenario(lines)).passed).toBe(true);
  });
});

describe('a broken promise', () => {
  it('shows expected and got where something else happened', () => {
    const result = rehearseOne(scenario('      - { at: 5 business days, expect: [ notify manager ] }\n'));
    expect(result.passed).toBe(false);
    expect(result.differences).toMatchObject([
      { local: '2026-03-09 09:00', after: 2, expected: ['notify manager'], got: ['remind ann'] },
    ]);
    expect(result.differences[0]?.place).toMatchObject({ file: 'walk.scenarios.yaml', line: 6 });
  });

  it('shows what did not happen', () => {
    const result = rehearseOne(scenario('      - { at: 4 business days, expect: [ remind ann ] }\n'));
    expect(result.differences).toMatchObject([{ expected: ['remind ann'], got: [] }]);
  });

  it('shows what nobody expected', () => {
    const result = rehearseOne(scenario('      - { at: 7 business days, expect: [ remind ann ] }\n'));
    expect(result.differences).toMatchObject([{ expected: [], got: ['notify manager'] }]);
  });

  it('shows what happened where nothing should have', () => {
    const result = rehearseOne(scenario('      - { at: 5 business days, expect: [ nothing ] }\n'));
    expect(result.differences).toMatchObject([{ expected: [], got: ['remind ann'] }]);
  });

  it('goes on after a wrong expectation, so that all of them are told', () => {
    const lines = `      - { at: 5 business days, expect: [ nothing ] }
      - { at: 7 business days, expect: [ nothing ] }
`;
    expect(rehearseOne(scenario(lines)).differences).toHaveLength(2);
  });

  it('does not let the same message count twice', () => {
    const result = rehearseOne(scenario('      - { at: 5 business days, expect: [ remind ann, remind owner ] }\n'));
    expect(result.differences).toMatchObject([{ expected: ['remind owner'], got: [] }]);
  });
});

describe('the answer to a command', () => {
  it('must be yes where the line says nothing of it', () => {
    const result = rehearseOne(scenario('      - { do: advance }\n      - { do: advance }\n'));
    expect(result.differences).toMatchObject([{ expected: ['accepted'], got: ['refused: [ milestone met ]'] }]);
    expect(result.trace.at(-1)?.text).toBe('advance, by ann: refused: [ milestone met ]');
  });

  it('must be no where the line says so', () => {
    const result = rehearseOne(scenario('      - { do: log_activity call, refused: [ milestone met ] }\n'));
    expect(result.differences).toMatchObject([{ expected: ['refused: [ milestone met ]'], got: ['accepted'] }]);
  });

  it.each([
    ['the reason', '[ milestone met ]'],
    ['each leaf of it', '[ evidence visit, fact pain ]'],
    ['its code', '[ milestone-unmet ]'],
  ])('is matched by %s', (_, refused) => {
    expect(rehearseOne(scenario(`      - { do: advance, refused: ${refused} }\n`)).differences).toEqual([]);
  });

  it.each([
    ['some of the leaves', '[ fact pain ]'],
    ['more than there are', '[ milestone met, milestone priced ]'],
  ])('is not matched by %s', (_, refused) => {
    expect(rehearseOne(scenario(`      - { do: advance, refused: ${refused} }\n`)).passed).toBe(false);
  });

  it('may be that somebody may not, or that it does not fit', () => {
    const lines = `      - { do: submit_evidence visit, with: { met: L }, invalid: any }
      - { do: submit_evidence visit, with: { on: 2026-03-02, met: Liu Wei } }
      - { do: accept_evidence visit, by: ann, forbidden: any }
      - { do: accept_evidence visit, by: manager, forbidden: own-evidence }
`;
    const { differences } = rehearseOne(scenario(lines));
    expect(differences).toMatchObject([{ expected: ['forbidden: own-evidence'], got: ['accepted'] }]);
  });
});

describe('null', () => {
  it('takes a fact away', () => {
    const lines = `      - { do: set_facts, with: { pain: costs } }
      - { do: advance, refused: [ evidence visit ] }
      - { do: set_facts, with: { pain: null } }
      - { do: advance, refused: [ evidence visit, fact pain ] }
`;
    expect(rehearseOne(scenario(lines)).differences).toEqual([]);
  });
});

describe('the start that is given', () => {
  const at = (stage: string, facts = ''): string =>
    `    given: { stage: ${stage}, owner: ann, at: 2026-03-02 09:00${facts} }\n    timeline:\n`;

  it('comes with the evidence, facts and tasks that led there', () => {
    const lines =
      '      - { do: reject_evidence visit, with: { reason: never took place }, by: manager, expect: [ stage first, tell ann ] }\n';
    expect(rehearseOne(scenario(lines, at('second'))).differences).toEqual([]);
  });

  it('brings nothing that only later stages ask', () => {
    const lines = '      - { do: advance, refused: [ milestone priced, milestone planned ] }\n';
    expect(rehearseOne(scenario(lines, at('second'))).differences).toEqual([]);
  });

  it('keeps the facts that are given and finds the others', () => {
    const lines = '      - { at: 4 business days, expect: [ nothing ] }\n';
    const result = rehearseOne(scenario(lines, at('third', ', facts: { amount: 9万 CNY, list_price: 10万 CNY }')));
    expect(result.trace[0]?.text).toBe('given third, owner ann');
    expect(result.passed).toBe(true);
  });

  it('says so when it cannot be reached', () => {
    const lines = '      - { at: 1 business days, expect: [ nothing ] }\n';
    const result = rehearseOne(scenario(lines, at('third', ', facts: { amount: 8万 CNY, list_price: 10万 CNY }')));
    expect(result.passed).toBe(false);
    expect(result.differences[0]?.note?.en).toContain('the start given, `third`, cannot be reached');
  });
});

describe('time', () => {
  it('may be a day on the calendar', () => {
    const lines = `      - { at: 2026-03-09 08:59, expect: [ nothing ] }
      - { at: 2026-03-09 09:00, expect: [ remind ann ] }
`;
    expect(rehearseOne(scenario(lines)).differences).toEqual([]);
  });

  it('does not run backwards', () => {
    const lines = `      - { at: 8 days }
      - { at: 5 business days, expect: [ nothing ] }
`;
    expect(rehearseOne(scenario(lines)).differences[0]?.note?.en).toContain('lies before the line above');
  });
});

describe('many scenarios', () => {
  const copies = (count: number): string =>
    Array.from({ length: count }, (_, index) =>
      QUIET.replace('climbs', `climbs ${index}`).replace(
        'owner: ann',
        `owner: ann, facts: { amount: ${index + 1} CNY }`,
      ),
    ).join('');

  it('run in the order written, two hundred of them', () => {
    const results = rehearse(copies(200));
    expect(results.map(({ scenario: name }) => name)).toEqual(
      Array.from({ length: 200 }, (_, index) => `a quiet case climbs ${index}`),
    );
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
  });

  it('give the same results every time', () => {
    const { set, scenarios } = compileSample(`${copies(3)}${scenario('      - { do: advance }\n')}`);
    expect(runScenarios(set, scenarios)).toEqual(runScenarios(set, scenarios));
  });
});

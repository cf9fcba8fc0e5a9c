/** Scenarios of a case that starts others: what begins is expected like anything else, and lines say where it stands. */

import { describe, expect, it } from 'vitest';
import { compileSet } from '../../engine/language/compile-set.ts';
import type { ScenarioResult } from '../../engine/rehearse/result.ts';
import { runScenarios } from '../../engine/rehearse/run-scenarios.ts';
import { sha256 } from '../../store/hash.ts';
import { SAMPLE_FILES } from './sample-playbooks.ts';

const HOUSE = `pipeline: house
title: { zh: 房, en: House }
subject: opportunity
calendar: cn
facts:
  rooms: { type: rows, fields: { size: { type: number } } }
open_at: [ plan ]
stages:
  - stage: plan
    title: { zh: 图, en: Plan }
    success_rate: 10%
  - stage: walls
    title: { zh: 墙, en: Walls }
    success_rate: 20%
    on_enter: [ { start: room, for_each: rooms, key: size, with: { size: { row: size } } } ]
    leave_when: { all: [ { child: room, in: painted }, { not: { child: room, in: lost, which: any } } ] }
  - stage: roof
    title: { zh: 顶, en: Roof }
    success_rate: 50%
    leave_when: { child: room, in: [ open, finished ], which: any }
  - stage: over
    title: { zh: 完, en: Over }
    success_rate: 100%
`;
const ROOM = `pipeline: room
title: { zh: 间, en: Room }
subject: room
calendar: cn
facts: { size: { type: number } }
open_at: [ { stage: bare, when: { fact: size, at_least: 5 } } ]
stages:
  - stage: bare
    title: { zh: 毛, en: Bare }
    success_rate: 10%
  - stage: painted
    title: { zh: 刷, en: Painted }
    success_rate: 100%
`;

function rehearse(lines: string, given: string): ScenarioResult {
  const scenario = `scenarios: house\nlist:\n  - scenario: s\n    given: ${given}\n    timeline:\n${lines}`;
  const files = { ...SAMPLE_FILES, 'house.yaml': HOUSE, 'room.yaml': ROOM, 'house.scenarios.yaml': scenario };
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { set, scenarios, diagnostics } = compileSet(sources, { sha256 });
  const [result] = set === undefined ? [] : runScenarios(set, scenarios);
  if (result === undefined) throw new Error(JSON.stringify(diagnostics));
  return result;
}

const TWO = '{ owner: ann, at: 2026-03-02 09:00, facts: { rooms: [ { size: 12 }, { size: 20 } ] } }';

describe('a scenario of cases that are started', () => {
  it('expects each, and goes on where all stand as they must', () => {
    const lines = `      - { do: advance, expect: [ stage walls, start room, start room ] }
      - { child: room painted 12 }
      - { do: advance, refused: [ child room ] }
      - { child: room painted }
      - { do: advance, expect: [ stage roof ] }
`;
    expect(rehearse(lines, TWO).differences).toEqual([]);
  });

  it('differs where one begins that is not expected', () => {
    const { differences } = rehearse('      - { do: advance, expect: [ stage walls, start room ] }\n', TWO);
    expect(differences).toMatchObject([{ got: ['start room'] }]);
  });

  it('tells the owner where one cannot begin', () => {
    const small = TWO.replace('12', '2');
    const lines = '      - { do: advance, expect: [ stage walls, start room, start room, notify ann ] }\n';
    expect(rehearse(lines, small).differences).toEqual([]);
  });

  it('begins behind what asks for them: they stand there already', () => {
    const given = TWO.replace('{ owner', '{ stage: roof, owner');
    expect(rehearse('      - { do: advance, expect: [ won, stage over, finished ] }\n', given).differences).toEqual([]);
  });

  it('says so where a line speaks of one that was never started', () => {
    const { differences } = rehearse('      - { child: room painted }\n', TWO);
    expect(differences).toMatchObject([{ note: { en: 'it has started no `room`' } }]);
  });
});

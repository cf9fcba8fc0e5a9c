/** The people an export names join once each, under ids that can be read, with their reporting lines. */

import { describe, expect, it } from 'vitest';
import type { People } from '../../engine/who/people.ts';
import { newcomersOf } from '../../store/imports/prepare-import.ts';
import { exportOf, readText, SAMPLE_MAPPING } from './shipped-mapping.ts';

const NOBODY: People = { version: 0, by_id: {} };

function teamOf(lines: readonly string[], known: People = NOBODY) {
  const files = { ...exportOf([]), 'sales_teams.csv': `sales_agent,manager,regional_office\n${lines.join('\n')}\n` };
  const result = readText(SAMPLE_MAPPING, files);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const { ranks, problems } = newcomersOf(result.read, known);
  return {
    people: ranks.flat().map(({ person, role, manager, region }) => [person, role, manager, region]),
    problems: problems.map((one) => `${one.line} ${one.column}: ${one.message.en}`),
  };
}

describe('the people of an export', () => {
  it('come with those above before those below, each once', () => {
    expect(teamOf(['Ann Lee,Bo Li,East', 'Cy Wu,Bo Li,East'])).toEqual({
      people: [
        ['east', 'director', undefined, 'East'],
        ['bo-li', 'manager', 'east', 'East'],
        ['ann-lee', 'rep', 'bo-li', 'East'],
        ['cy-wu', 'rep', 'bo-li', 'East'],
      ],
      problems: [],
    });
  });

  it('hold the highest post they are named in, and report to nobody below it', () => {
    expect(teamOf(['Bo Li,Bo Li,East', 'Ann Lee,Bo Li,East']).people).toEqual([
      ['east', 'director', undefined, 'East'],
      ['bo-li', 'manager', 'east', 'East'],
      ['ann-lee', 'rep', 'bo-li', 'East'],
    ]);
  });

  it('are told where they are named with two superiors; the first counts', () => {
    const { people, problems } = teamOf(['Ann Lee,Bo Li,East', 'Ann Lee,Di Xu,East']);
    expect(people.at(-1)).toEqual(['ann-lee', 'rep', 'bo-li', 'East']);
    expect(problems).toEqual(['3 sales_agent: `Ann Lee` has another superior in line 2, which counts']);
  });

  it('keep the ids of those who are known by name, however it is written', () => {
    const known = { person: 'p7', name: 'Bo Li', role: 'manager', lang: 'zh', active: true } as const;
    const { people } = teamOf(['Ann Lee,BO  LI,East'], { version: 1, by_id: { p7: known } });
    expect(people).toEqual([
      ['east', 'director', undefined, 'East'],
      ['ann-lee', 'rep', 'p7', 'East'],
    ]);
  });

  it('get ids of their own where names look alike or have no Latin letters', () => {
    const ids = teamOf(['刘伟,Bo Li,East', '张敏,Bo Li,East', 'José Ruiz,Bo Li,East', 'Jose-Ruiz,Bo Li,East']).people;
    const names = ids.slice(2).map(([id]) => id);
    expect(names[0]).toMatch(/^p-[0-9a-f]{8}$/);
    expect(names[1]).toMatch(/^p-[0-9a-f]{8}$/);
    expect(names.slice(2)).toEqual(['jose-ruiz', expect.stringMatching(/^jose-ruiz-[0-9a-f]{8}$/)]);
    expect(new Set(names).size).toBe(4);
  });

  it('without a superior report to nobody', () => {
    expect(teamOf(['Ann Lee,,East', 'Cy Wu,,']).people).toEqual([
      ['east', 'director', undefined, 'East'],
      ['ann-lee', 'rep', undefined, 'East'],
      ['cy-wu', 'rep', undefined, undefined],
    ]);
  });

  it('are told where no name can be', () => {
    const { people, problems } = teamOf([`${'x'.repeat(201)},Bo Li,East`, 'A\0nn,Bo Li,East']);
    expect(people.map(([id]) => id)).toEqual(['east', 'bo-li']);
    expect(problems).toEqual([
      expect.stringMatching(/^2 sales_agent: `x{60}…` cannot be a name$/),
      '3 sales_agent: `A\ufffdnn` cannot be a name',
    ]);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAbove, personOf, superiorsOf, teamOf } from '../../engine/who/reporting-line.ts';
import { force, peopleOf, person } from './fixtures.ts';

const people = peopleOf(...force);
const ids = (list: readonly { person: string }[]) => list.map((one) => one.person);

test('a line leads up, nearest first', () => {
  expect(ids(superiorsOf(people, 'ann'))).toEqual(['max', 'dana']);
  expect(superiorsOf(people, 'dana')).toEqual([]);
  expect(superiorsOf(people, 'nobody')).toEqual([]);
});

test('a line leads through those who are gone, and ends at who was never known', () => {
  const gap = peopleOf(
    person('top', 'director'),
    person('gone', 'manager', 'top', false),
    person('rep', 'rep', 'gone'),
  );
  expect(ids(superiorsOf(gap, 'rep'))).toEqual(['gone', 'top']);
  expect(superiorsOf(peopleOf(person('rep', 'rep', 'unheard-of')), 'rep')).toEqual([]);
});

test('above is anywhere up the line, never oneself', () => {
  expect(isAbove(people, 'dana', 'ann')).toBe(true);
  expect(isAbove(people, 'mia', 'ann')).toBe(false);
  expect(isAbove(people, 'ann', 'ann')).toBe(false);
});

test('a team is everybody below, level by level', () => {
  expect(teamOf(people, 'dana')).toEqual(['max', 'mia', 'ann', 'ben', 'cleo']);
  expect(teamOf(people, 'ann')).toEqual([]);
});

test('names that objects bring with them are nobody', () => {
  expect(personOf(people, 'constructor')).toBeUndefined();
  expect(personOf(people, '__proto__')).toBeUndefined();
});

test('whoever reports to whom, circles included, lines end and agree with teams', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const lines = fc.tuple(...names.map(() => fc.option(fc.constantFrom(...names), { nil: undefined })));
  fc.assert(
    fc.property(lines, (managers) => {
      const company = peopleOf(...names.map((name, index) => person(name, 'rep', managers[index])));
      for (const upper of names) {
        const team = teamOf(company, upper);
        expect(new Set(team).size).toBe(team.length);
        for (const lower of names) expect(team.includes(lower)).toBe(isAbove(company, upper, lower));
      }
    }),
  );
});

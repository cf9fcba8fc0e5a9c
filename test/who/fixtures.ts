/** A small sales force for tests: admin, director, two managers, three reps, one of them gone. */

import type { People, Person } from '../../engine/who/people.ts';

export function person(id: string, role: string, manager?: string, active = true): Person {
  return { person: id, name: id, role, lang: 'zh', active, ...(manager !== undefined && { manager }) };
}

export function peopleOf(...list: readonly Person[]): People {
  return { version: 1, by_id: Object.fromEntries(list.map((one) => [one.person, one])) };
}

export const force: readonly Person[] = [
  person('admin', 'admin'),
  person('dana', 'director'),
  person('max', 'manager', 'dana'),
  person('mia', 'manager', 'dana'),
  person('ann', 'rep', 'max'),
  person('ben', 'rep', 'max', false),
  person('cleo', 'rep', 'mia'),
  person('legal', 'counsel'),
];

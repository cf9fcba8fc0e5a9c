/** A small sales force for tests: admin, director, two managers, three reps, one of them gone. */

import type { People, Person } from '../../engine/who/people.ts';
import type { WhoContext } from '../../engine/who/who-context.ts';

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

/** A case of which nothing is known, in a company without posts. */
export const NO_FACTS: Pick<WhoContext, 'roles' | 'facts' | 'fact'> = {
  roles: { roles: 'none', posts: [], at: { file: 'none.yaml', line: 1, col: 1 } },
  facts: {},
  fact: () => undefined,
};

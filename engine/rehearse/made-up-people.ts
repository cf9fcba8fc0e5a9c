/** The people of a scenario: those of its table, or made up from the posts so that nobody has to write a table. */

import type { Roles } from '../playbook/roles.ts';
import type { ScenarioFile } from '../playbook/scenario.ts';
import type { People, Person } from '../who/people.ts';

/**
 * With a table: the people in it. Without: one person for each post, named like the post and reporting to the post
 * that manages it; every other name holds the post at the foot of the longest such line and reports to the one above.
 */
export function peopleOf(roles: Roles, file: ScenarioFile, names: readonly string[]): People {
  const table = file.people;
  if (table !== undefined) {
    return peopleFrom(Object.entries(table).map(([person, { role, manager }]) => personOf(person, role, manager)));
  }
  const posts = roles.posts.map(({ role }) => personOf(role, role, aboveOf(roles, role)));
  const held = new Set(posts.map(({ person }) => person));
  const foot = footOf(roles);
  const others = [...new Set(names)].filter((name) => !held.has(name));
  return peopleFrom([...posts, ...others.map((name) => personOf(name, foot, aboveOf(roles, foot)))]);
}

function peopleFrom(list: readonly Person[]): People {
  return { version: 1, by_id: Object.fromEntries(list.map((person) => [person.person, person])) };
}

function personOf(person: string, role: string, manager: string | undefined): Person {
  return { person, name: person, role, lang: 'en', active: true, ...(manager !== undefined && { manager }) };
}

/** The role that manages this one; of several the one with the longest line above it. */
function aboveOf(roles: Roles, role: string): string | undefined {
  let above: string | undefined;
  let longest = -1;
  for (const post of roles.posts) {
    if (post.manages !== role || post.role === role) continue;
    const length = lineAbove(roles, post.role, [role]);
    if (length > longest) [above, longest] = [post.role, length];
  }
  return above;
}

/** How many posts stand above, along the longest line; a circle is cut where it closes. */
function lineAbove(roles: Roles, role: string, below: readonly string[]): number {
  const above = roles.posts.filter((post) => post.manages === role && post.role !== role && !below.includes(post.role));
  return above.reduce((most, post) => Math.max(most, 1 + lineAbove(roles, post.role, [...below, role])), 0);
}

function footOf(roles: Roles): string {
  let foot = roles.posts[0]?.role ?? '';
  let longest = 0;
  for (const { role, manages } of roles.posts) {
    const length = manages === undefined ? lineAbove(roles, role, []) : 0;
    if (length > longest) [foot, longest] = [role, length];
  }
  return foot;
}

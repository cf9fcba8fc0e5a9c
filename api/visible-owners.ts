/** Whose cases somebody may see in lists. */

import type { Roles } from '../engine/playbook/roles.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { People, Person } from '../engine/who/people.ts';
import { personOf, teamOf } from '../engine/who/reporting-line.ts';
import { standsInFor } from '../engine/who/substitutes.ts';

/** Ids of owners; `undefined`: everybody's. The same answer, for all owners at once, as `mayAct` with `see` for each. */
export function visibleOwners(
  roles: Roles,
  people: People,
  person: Person,
  now: Instant,
): readonly string[] | undefined {
  if (!person.active) return [];
  const owners = new Set<string>();
  // Who steps in for somebody sees what they see, but for what is one's own: there one's own post counts.
  for (const id of [person.person, ...standsInFor(people, person.person, now)]) {
    const reach = reachOf(roles, people, id);
    if (reach === undefined && id === person.person) return undefined;
    for (const owner of reach ?? Object.keys(people.by_id)) owners.add(owner);
  }
  if (reachOf(roles, people, person.person)?.includes(person.person) === false) owners.delete(person.person);
  return [...owners];
}

function reachOf(roles: Roles, people: People, id: string): readonly string[] | undefined {
  const posts = roles.posts.filter((post) => post.role === personOf(people, id)?.role && post.may.includes('see'));
  if (posts.some((post) => post.over === 'all')) return undefined;
  if (posts.length === 0) return [];
  return posts.some((post) => post.over === 'team') ? [id, ...teamOf(people, id)] : [id];
}

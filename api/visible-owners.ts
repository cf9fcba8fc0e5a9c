/** Whose cases somebody may see in lists. */

import type { Roles } from '../engine/playbook/roles.ts';
import type { People, Person } from '../engine/who/people.ts';
import { teamOf } from '../engine/who/reporting-line.ts';

/** Ids of owners; `undefined`: everybody's. The same answer, for all owners at once, as `mayAct` with `see` for each. */
export function visibleOwners(
  roles: Roles,
  people: People,
  { person, role, active }: Person,
): readonly string[] | undefined {
  const posts = roles.posts.filter((post) => active && post.role === role && post.may.includes('see'));
  if (posts.some((post) => post.over === 'all')) return undefined;
  const owners = new Set<string>();
  for (const post of posts) {
    owners.add(person);
    if (post.over === 'team') for (const member of teamOf(people, person)) owners.add(member);
  }
  return [...owners];
}

/** Whose cases a list is asked about, as far as the caller may see them. */

import type { Roles } from '../engine/playbook/roles.ts';
import { teamOf } from '../engine/who/reporting-line.ts';
import type { Caller } from './caller.ts';
import { findPerson } from './find-person.ts';
import { visibleOwners } from './visible-owners.ts';

/** Both by id or name; `manager` stands for the whole team. */
export interface OwnersQuery {
  readonly owner?: string;
  readonly manager?: string;
}

/** Ids of owners; absent: everybody's. @throws ApiProblem for a person there is none of */
export function ownersAsked(
  { owner, manager: manages }: OwnersQuery,
  { people, person }: Caller,
  roles: Roles,
): readonly string[] | undefined {
  const visible = visibleOwners(roles, people, person, new Date().toISOString());
  let owners = visible === undefined ? undefined : new Set(visible);
  const keep = (asked: readonly string[]) => {
    owners = new Set(asked.filter((one) => owners === undefined || owners.has(one)));
  };
  if (owner !== undefined) keep([findPerson(people, owner, '/query/owner')]);
  if (manages !== undefined) {
    const manager = findPerson(people, manages, '/query/manager');
    keep([manager, ...teamOf(people, manager)]);
  }
  return owners === undefined ? undefined : [...owners];
}

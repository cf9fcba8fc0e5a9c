/** Who may do what: the rights of posts, and whose cases they reach. */

import type { Post, Right, Roles } from '../playbook/roles.ts';
import type { People, Person } from './people.ts';
import { isAbove, personOf } from './reporting-line.ts';

/** The actor of timers and of one entity's word to another: no person, and so without any right. */
export const SYSTEM = 'system';

function postsOf(roles: Roles, person: Person | undefined, right: Right): readonly Post[] {
  if (person === undefined || !person.active) return [];
  return roles.posts.filter((post) => post.role === person.role && post.may.includes(right));
}

function reaches(people: People, post: Post, actor: string, owner: string): boolean {
  switch (post.over) {
    case 'own':
      return actor === owner;
    case 'team':
      return actor === owner || isAbove(people, actor, owner);
    case 'all':
      return true;
  }
}

/** Whether the actor's post gives the right over cases of this owner. Only active people have rights. */
export function mayAct(roles: Roles, people: People, actor: string, right: Right, owner: string): boolean {
  return postsOf(roles, personOf(people, actor), right).some((post) => reaches(people, post, actor, owner));
}

/** Whether the actor's post gives the right at all: for what is about no one's case, such as `administer`. */
export function holdsRight(roles: Roles, people: People, actor: string, right: Right): boolean {
  return postsOf(roles, personOf(people, actor), right).length > 0;
}

/** Ids of everybody who may do this to a case of this owner, sorted. */
export function whoMay(roles: Roles, people: People, right: Right, owner: string): readonly string[] {
  return Object.keys(people.by_id)
    .filter((person) => mayAct(roles, people, person, right, owner))
    .sort();
}

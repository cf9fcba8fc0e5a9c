/** Who may do what: the rights of posts, and whose cases they reach. */

import type { Post, Right, Roles } from '../playbook/roles.ts';
import type { Instant } from '../time/instant.ts';
import type { People, Person } from './people.ts';
import { isAbove, personOf } from './reporting-line.ts';
import { standsInFor } from './substitutes.ts';

/** The actor of timers and of one entity's word to another: no person, and so without any right. */
export const SYSTEM = 'system';

function hasPost(
  roles: Roles,
  person: Person | undefined,
  right: Right,
  isMeant: (post: Post) => boolean = () => true,
): boolean {
  if (person === undefined || !person.active) return false;
  return roles.posts.some((post) => post.role === person.role && post.may.includes(right) && isMeant(post));
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

/** Rights about nobody's case, and the power to bring people in: they stay with the person they were given to. */
const NEVER_LENT: ReadonlySet<Right> = new Set(['administer', 'import']);

/**
 * Whether the actor's post gives the right over cases of this owner, or that of somebody away for whom they step in.
 * Only active people have rights. What comes by stepping in never reaches one's own cases, nor those whose owner one
 * steps in for as well: that would be judging one's own work.
 */
export function mayAct(
  roles: Roles,
  people: People,
  actor: string,
  right: Right,
  owner: string,
  now: Instant,
): boolean {
  if (mayInOwnRight(roles, people, actor, right, owner)) return true;
  if (NEVER_LENT.has(right) || actor === owner || personOf(people, actor)?.active !== true) return false;
  const away = standsInFor(people, actor, now);
  // Who steps in for the owner does the owner's work, and no more than that.
  const lenders = away.includes(owner) ? [owner] : away;
  return lenders.some((lender) => mayInOwnRight(roles, people, lender, right, owner));
}

function mayInOwnRight(roles: Roles, people: People, actor: string, right: Right, owner: string): boolean {
  return hasPost(roles, personOf(people, actor), right, (post) => reaches(people, post, actor, owner));
}

/** Whether the actor's post gives the right at all: for what is about no one's case, such as `administer`. */
export function holdsRight(roles: Roles, people: People, actor: string, right: Right): boolean {
  return hasPost(roles, personOf(people, actor), right);
}

/** Ids of everybody who may do this to a case of this owner, sorted. */
export function whoMay(roles: Roles, people: People, right: Right, owner: string, now: Instant): readonly string[] {
  return Object.keys(people.by_id)
    .filter((person) => mayAct(roles, people, person, right, owner, now))
    .sort();
}

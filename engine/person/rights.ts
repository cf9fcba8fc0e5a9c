/** Who may do what about people; nobody hands power to themselves. */

import type { Post } from '../playbook/roles.ts';
import { isAbove, personOf } from '../who/reporting-line.ts';
import { holdsRight } from '../who/rights.ts';
import type { Profile } from './event.ts';
import type { PersonState } from './state.ts';
import type { PersonWorld } from './world.ts';

/** The role that every installation has, whatever its playbooks say: somebody must be able to begin. */
export const BUILT_IN_ROLE = 'admin';

/** Whether the actor may bring people in and change them at all. */
export function mayBring(world: PersonWorld, actor: string): boolean {
  const { roles, people } = world;
  return mayAdminister(world, actor) || (roles !== undefined && holdsRight(roles, people, actor, 'import'));
}

/** The built-in role may always: somebody must be able to repair an installation whatever its playbooks say. */
export function mayAdminister({ roles, people }: PersonWorld, actor: string): boolean {
  const person = personOf(people, actor);
  if (person?.active === true && person.role === BUILT_IN_ROLE) return true;
  return roles !== undefined && holdsRight(roles, people, actor, 'administer');
}

/** To bring people is not to hand out power: neither a post that administers, nor one's own place. */
export function givesPower(
  { roles }: PersonWorld,
  state: PersonState | undefined,
  actor: string,
  profile: Pick<Profile, 'role'>,
): boolean {
  const administers = (role: string | undefined): boolean =>
    role === BUILT_IN_ROLE ||
    roles?.posts.some((post) => post.role === role && post.may.includes('administer')) === true;
  return state?.person === actor || administers(state?.role) || administers(profile.role);
}

/** Without an administrator nobody could ever bring one back. */
export function isLastAdministrator({ people, person }: PersonWorld, after: Pick<Profile, 'role' | 'active'>): boolean {
  if (after.active && after.role === BUILT_IN_ROLE) return false;
  const administrators = Object.values(people.by_id).filter((one) => one.active && one.role === BUILT_IN_ROLE);
  return administrators.length === 1 && administrators[0]?.person === person;
}

/** Absences are set by the person, by whoever stands above them, and by administrators. */
export function maySetAbsence(world: PersonWorld, actor: string): boolean {
  const { people, person } = world;
  if (personOf(people, actor)?.active !== true) return false;
  return actor === person || isAbove(people, actor, person) || mayAdminister(world, actor);
}

/**
 * Whether who sets somebody's absence would gain by being named in it: their own posts do not already give all that they
 * could do in the other's place.
 */
export function gainsBySteppingIn({ roles, people, person }: PersonWorld, actor: string): boolean {
  const postsOf = (id: string): readonly Post[] => {
    const role = personOf(people, id)?.role;
    return roles?.posts.filter((post) => post.role === role) ?? [];
  };
  const own = postsOf(actor);
  return postsOf(person).some(({ may, over }) =>
    may.some((right) => !own.some((post) => post.may.includes(right) && REACH[post.over] >= REACH[over])),
  );
}

const REACH: Readonly<Record<Post['over'], number>> = { own: 0, team: 1, all: 2 };

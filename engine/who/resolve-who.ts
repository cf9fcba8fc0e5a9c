/** Settles who must act, against the reporting line as it is now; falls upward so that nothing waits for nobody. */

import type { Value } from '../playbook/value.ts';
import type { Who } from '../playbook/who.ts';
import type { People, Person } from './people.ts';
import { personOf, superiorsOf } from './reporting-line.ts';

export interface WhoContext {
  /** Owner of the case. */
  readonly owner: string;
  fact(name: string): Value | undefined;
}

/**
 * Ids of the active people a `who` means, sorted. `owner` and a fact mean one person, `manager` whom the owner reports
 * to, a role its nearest holder up the line from the owner (the owner included), else everybody who holds it. Where
 * that is nobody: the nearest active person above the owner, else every active person with role `admin`; empty only
 * when there is not even one of those.
 */
export function resolveWho(people: People, who: Who, context: WhoContext): readonly string[] {
  const meant = meantBy(people, who, context).filter((person) => person.active);
  if (meant.length > 0) return meant.map((person) => person.person).sort();
  const above = superiorsOf(people, context.owner).find((person) => person.active);
  return above !== undefined
    ? [above.person]
    : holdersOf(people, 'admin')
        .map((person) => person.person)
        .sort();
}

function meantBy(people: People, who: Who, { owner, fact }: WhoContext): readonly Person[] {
  switch (who.kind) {
    case 'owner':
      return one(people, owner);
    case 'manager':
      return superiorsOf(people, owner).slice(0, 1);
    case 'role':
      return byRole(people, who.role, owner);
    case 'fact': {
      const person = fact(who.fact);
      return typeof person === 'string' ? one(people, person) : [];
    }
  }
}

function one(people: People, id: string): readonly Person[] {
  const person = personOf(people, id);
  return person === undefined ? [] : [person];
}

function byRole(people: People, role: string, owner: string): readonly Person[] {
  const line = [...one(people, owner), ...superiorsOf(people, owner)];
  const nearest = line.find((person) => person.role === role && person.active);
  return nearest !== undefined ? [nearest] : holdersOf(people, role);
}

function holdersOf(people: People, role: string): readonly Person[] {
  return Object.values(people.by_id).filter((person) => person.role === role && person.active);
}

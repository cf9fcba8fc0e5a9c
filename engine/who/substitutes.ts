/** Who is away, and who steps in for them. The reporting line stays as it is: an absence changes who acts, not who is above whom. */

import type { Instant } from '../time/instant.ts';
import type { Absence, People, Person } from './people.ts';
import { personOf } from './reporting-line.ts';

/** The absence that holds at an instant; absent: the person is there. */
export function absenceAt(person: Person, now: Instant): Absence | undefined {
  return person.absences?.find(({ from, until }) => from <= now && now < until);
}

/** Whether somebody works here, and is not away. */
export function isThere(person: Person | undefined, now: Instant): boolean {
  return person?.active === true && absenceAt(person, now) === undefined;
}

/**
 * Everybody who steps in for somebody who is away, in the order in which they are asked: the substitutes who are there,
 * and in the place of one who is away too, theirs, through any number of links and never in a circle. Empty for who is
 * there, or has left: nobody is named for them.
 */
export function standInsOf(people: People, id: string, now: Instant): readonly string[] {
  const met = new Set([id]);
  const found: string[] = [];
  const visit = (person: Person | undefined): void => {
    const absence = person?.active === true ? absenceAt(person, now) : undefined;
    for (const substitute of absence?.substitutes ?? []) {
      if (met.has(substitute)) continue;
      met.add(substitute);
      const other = personOf(people, substitute);
      if (isThere(other, now)) found.push(substitute);
      else visit(other);
    }
  };
  visit(personOf(people, id));
  return found;
}

/** Whether somebody does this person's work now: the person, or who steps in for them. */
export function actsFor(people: People, actor: string, person: string, now: Instant): boolean {
  return actor === person || standInsOf(people, person, now).includes(actor);
}

const awayCache = new WeakMap<People, readonly Person[]>();

/** Who may be away at some time: few, whatever the number of people. */
function withAbsences(people: People): readonly Person[] {
  let some = awayCache.get(people);
  if (some === undefined) {
    some = Object.values(people.by_id).filter((person) => person.active && (person.absences?.length ?? 0) > 0);
    awayCache.set(people, some);
  }
  return some;
}

/** For whom somebody steps in now, sorted. */
export function standsInFor(people: People, id: string, now: Instant): readonly string[] {
  return withAbsences(people)
    .filter((person) => standInsOf(people, person.person, now).includes(id))
    .map((person) => person.person)
    .sort();
}

/** Checks that a person named in a command can take what is given to them. */

import { shown } from '../form/problems.ts';
import type { People } from '../who/people.ts';
import { personOf } from '../who/reporting-line.ts';
import { misfit } from './no.ts';
import type { Problem } from './outcome.ts';

/** @param path JSON pointer into the command */
export function checkPerson(people: People, person: string, path: string): Problem | undefined {
  const found = personOf(people, person);
  if (found === undefined) return misfit('person-unknown', path, shown(person));
  return found.active ? undefined : misfit('person-inactive', path, shown(person));
}

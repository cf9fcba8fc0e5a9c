/** A person by id and name, as lists and sheets show them. */

import type { People } from '../../engine/who/people.ts';
import { personOf } from '../../engine/who/reporting-line.ts';
import type { PersonRef } from '../wire/shapes.ts';

export function personRef(people: People, person: string): PersonRef {
  return { person, name: personOf(people, person)?.name ?? person };
}

/** Finds the person a caller means by id or by name. */

import type { People } from '../engine/who/people.ts';
import { personOf } from '../engine/who/reporting-line.ts';
import { ApiProblem } from './problem.ts';

/**
 * By id, else by name whatever its capitals.
 * @param path JSON pointer to where the caller named them
 * @throws ApiProblem 400 when it is nobody, or several people have the name
 */
export function findPerson(people: People, named: string, path: string): string {
  if (personOf(people, named) !== undefined) return named;
  const wanted = named.normalize('NFKC').trim().toLowerCase();
  const found = Object.values(people.by_id).filter((person) => person.name.normalize('NFKC').toLowerCase() === wanted);
  const [one, ...more] = found.map((person) => person.person);
  if (one !== undefined && more.length === 0) return one;
  const message =
    one === undefined
      ? { zh: `没有人员 \`${named}\``, en: `there is no person \`${named}\`` }
      : {
          zh: `有多人名为 \`${named}\`：${[one, ...more].join('、')}`,
          en: `several people are called \`${named}\`: ${[one, ...more].join(', ')}`,
        };
  throw new ApiProblem('invalid-request', message, { problems: [{ code: 'person-unknown', path, message }] });
}

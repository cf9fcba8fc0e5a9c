/** The reporting line: who stands above whom. Holds even where people were made to report in a circle. */

import type { People, Person } from './people.ts';

/** Whom an id names; absent when nobody. */
export function personOf(people: People, id: string): Person | undefined {
  return Object.hasOwn(people.by_id, id) ? people.by_id[id] : undefined;
}

/** Everybody above, nearest first, inactive ones included: a gap in the line must not cut it. */
export function superiorsOf(people: People, person: string): readonly Person[] {
  const line: Person[] = [];
  const met = new Set([person]);
  let above = personOf(people, person)?.manager;
  while (above !== undefined && !met.has(above)) {
    met.add(above);
    const superior = personOf(people, above);
    if (superior === undefined) break;
    line.push(superior);
    above = superior.manager;
  }
  return line;
}

/** Whether `upper` stands anywhere above `lower`; nobody stands above themselves. */
export function isAbove(people: People, upper: string, lower: string): boolean {
  return superiorsOf(people, lower).some((superior) => superior.person === upper);
}

const reportsCache = new WeakMap<People, ReadonlyMap<string, readonly string[]>>();

function directReports(people: People): ReadonlyMap<string, readonly string[]> {
  const cached = reportsCache.get(people);
  if (cached !== undefined) return cached;
  const reports = new Map<string, string[]>();
  for (const { person, manager } of Object.values(people.by_id)) {
    if (manager === undefined) continue;
    const team = reports.get(manager);
    if (team === undefined) reports.set(manager, [person]);
    else team.push(person);
  }
  reportsCache.set(people, reports);
  return reports;
}

/** Ids of everybody below, level by level, without the person. */
export function teamOf(people: People, person: string): readonly string[] {
  const reports = directReports(people);
  const met = new Set([person]);
  // A set is walked in the order of insertion, those added on the way included.
  for (const member of met) for (const report of reports.get(member) ?? []) met.add(report);
  met.delete(person);
  return [...met];
}

/** The people an export names: sellers, whom they report to, and whom those report to. */

import type { MappedPeople, Mapping } from '../playbook/mapping.ts';
import type { People } from '../who/people.ts';
import type { JoinedTables } from './tables.ts';

/** A person as the export tells of them; ready for a `join` command. */
export interface MappedPerson {
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly manager?: string;
  readonly region?: string;
}

/**
 * Everybody named in the people table, superiors before those who report to them. Somebody already known by name keeps
 * the id they have.
 *
 * @param sha256 hex digest, for names that leave no id in Latin letters
 */
export function mapPeople(
  mapping: Mapping,
  tables: JoinedTables,
  known: People,
  sha256: (text: string) => string,
): readonly MappedPerson[] {
  const rule = mapping.people;
  const table = rule && tables.table(rule.table);
  if (rule === undefined || table === undefined) return [];
  const ids = new PersonIds(known, sha256);
  const top = new Map<string, MappedPerson>();
  const middle = new Map<string, MappedPerson>();
  const sellers = new Map<string, MappedPerson>();
  for (const row of table.rows) {
    const cell = (column: string | undefined): string | undefined => (column && row.cells[column]?.trim()) || undefined;
    const boss = named(ids, top, cell(rule.manager?.reports_to?.column), rule.manager?.reports_to?.role);
    const manager = named(ids, middle, cell(rule.manager?.column), rule.manager?.role, boss, cell(rule.region));
    named(ids, sellers, cell(rule.name), rule.role, manager, cell(rule.region));
  }
  return [...top.values(), ...middle.values(), ...sellers.values()];
}

function named(
  ids: PersonIds,
  into: Map<string, MappedPerson>,
  name: string | undefined,
  role: MappedPeople['role'] | undefined,
  manager?: string,
  region?: string,
): string | undefined {
  if (name === undefined || role === undefined) return undefined;
  const person = ids.idOf(name);
  if (!into.has(person)) {
    into.set(person, { person, name, role, ...(manager && { manager }), ...(region && { region }) });
  }
  return person;
}

/** One id for one name, readable where the name allows it. */
export class PersonIds {
  private readonly byName = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly sha256: (text: string) => string;

  constructor(known: People, sha256: (text: string) => string) {
    this.sha256 = sha256;
    for (const person of Object.values(known.by_id)) {
      this.byName.set(foldName(person.name), person.person);
      this.taken.add(person.person);
    }
  }

  idOf(name: string): string {
    const folded = foldName(name);
    const known = this.byName.get(folded);
    if (known !== undefined) return known;
    const plain = folded
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '');
    const short = this.sha256(folded).slice(0, 8);
    const id = plain === '' ? `p-${short}` : this.taken.has(plain) ? `${plain}-${short}` : plain;
    this.byName.set(folded, id);
    this.taken.add(id);
    return id;
  }
}

/** Names are the same when they differ in case and spaces alone. */
export function foldName(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

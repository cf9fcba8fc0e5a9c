/** What a process remembers of the store between steps: playbook sets and rules, which never change, and the people of one version. */

import { type Kysely, sql } from 'kysely';
import type { PlaybookSet, Rules } from '../engine/playbook/set.ts';
import type { People, Person } from '../engine/who/people.ts';
import type { PersonRow } from './decider.ts';
import type { Tables } from './schema.ts';

export interface Known {
  /** The current set, replaced when another is published. */
  set: { readonly hash: string; readonly playbook: PlaybookSet } | undefined;
  /** Rules that running cases are pinned to and the current set no longer has, by hash. */
  readonly rules: Map<string, Rules>;
  people: People;
}

export function newKnown(): Known {
  return { set: undefined, rules: new Map(), people: { version: 0, by_id: {} } };
}

/** The playbook set with this hash. @throws Error when it was never published. */
export async function loadSet(db: Kysely<Tables>, known: Known, hash: string): Promise<PlaybookSet> {
  if (known.set?.hash === hash) return known.set.playbook;
  const row = await db
    .selectFrom('playbook_sets')
    .select('compiled')
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow();
  // Written by `publish` from a PlaybookSet.
  const playbook = row.compiled as PlaybookSet;
  known.set = { hash, playbook };
  return playbook;
}

/** The rules with this hash, those of the current set before all others: their wording is the current one. */
export async function loadRules(db: Kysely<Tables>, known: Known, hash: string): Promise<Rules> {
  const found = currentRules(known.set?.playbook, hash) ?? known.rules.get(hash);
  if (found !== undefined) return found;
  const row = await db.selectFrom('rules').select('compiled').where('hash', '=', hash).executeTakeFirstOrThrow();
  // Written by `publish` from Rules.
  const rules = row.compiled as Rules;
  known.rules.set(hash, rules);
  return rules;
}

export function currentRules(playbook: PlaybookSet | undefined, hash: string): Rules | undefined {
  return Object.values(playbook?.rules ?? {}).find((rules) => rules.hash === hash);
}

/**
 * The people of at least this version: only rows changed since the version remembered are read. Versions are given
 * out under a lock, so no lower one can appear later.
 */
export async function loadPeople(db: Kysely<Tables>, known: Known, version: number): Promise<People> {
  if (known.people.version >= version) return known.people;
  const before = known.people;
  const { rows } = await sql<PersonRow & { newest: number }>`
    select p.*, (select version from people_version) as newest from people p
    where p.version > ${before.version} and p.until_version is null`.execute(db);
  const by_id = { ...before.by_id, ...Object.fromEntries(rows.map((row) => [row.person, personOf(row)])) };
  // Another step may have loaded newer people meanwhile: never go back.
  const people = { version: rows[0]?.newest ?? version, by_id };
  if (people.version > known.people.version) known.people = people;
  return people;
}

export function personOf(row: PersonRow): Person {
  return {
    person: row.person,
    name: row.name,
    role: row.role,
    ...(row.manager === null ? {} : { manager: row.manager }),
    ...(row.region === null ? {} : { region: row.region }),
    ...(row.email === null ? {} : { email: row.email }),
    lang: row.lang,
    active: row.active,
    ...(row.absences.length === 0 ? {} : { absences: row.absences }),
  };
}

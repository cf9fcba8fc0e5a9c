/** Gathers the dossier of a case, in one snapshot. */

import { sql } from 'kysely';
import type { CaseState } from '../../engine/case/state.ts';
import type { Calendar } from '../../engine/playbook/calendar.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import { type AuditPlace, openSigningKey, readPublicKeys } from '../audit/copies.ts';
import type { JournalRow } from '../audit/follow-trail.ts';
import { type JournalEntry, openEntry } from '../journal-entry.ts';
import type { Store, Tx } from '../open-store.ts';
import type { Dossier } from './dossier.ts';
import { sealOf } from './seal.ts';
import { summaryOf } from './summary.ts';

export interface DossierWish {
  readonly case: string;
  readonly at: string;
  /** The one it counts in today. */
  readonly calendar: Calendar;
  /** Where the key lies that it is sealed with; absent: it is not sealed. */
  readonly audit?: AuditPlace;
}

/** Absent when there is no such case. */
export async function makeDossier(store: Store, wish: DossierWish): Promise<Dossier | undefined> {
  const { audit } = wish;
  const key = audit && (await openSigningKey(audit));
  const keys = audit === undefined ? [] : await pemsIn(audit.folder);
  const dossier = await store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => gather(tx, wish, keys));
  return dossier && key ? { ...dossier, seal: sealOf(dossier, key) } : dossier;
}

async function gather(tx: Tx, { case: id, at, calendar }: DossierWish, keys: string[]): Promise<Dossier | undefined> {
  const journal = await journalRows(tx, id);
  const { rows: heads } = await sql<Dossier['head']>`
    select seq, head_hash, state from entities where kind = 'case' and id = ${id} and state is not null`.execute(tx);
  const [head] = heads;
  if (head === undefined || journal.length === 0) return undefined;
  const entries = journal.map((row) => openEntry(row).entry);
  // The state was written by the case decider.
  const pins = [...new Set([...entries.map((entry) => entry.rules), (head.state as CaseState).rules])].filter(
    (one) => one !== undefined,
  );
  const rules = await rulesBy(tx, pins);
  const checkpoint = await checkpointOf(tx, id);
  return {
    ...{ dossier: 1, case: id, made_at: at, journal, head, rules },
    playbooks: await sourcesOf(tx, rules),
    calendar,
    people: await peopleIn(tx, entries, journal),
    erased: await erasedIn(tx, journal),
    files: await filesOf(tx, id),
    ...(checkpoint && { checkpoint }),
    keys,
    summary: summaryOf(entries, rules, calendar),
  };
}

async function journalRows(tx: Tx, id: string): Promise<Dossier['journal']> {
  const { rows } = await sql<JournalRow & { kind: 'case' }>`
    select j.kind, j.entity, j.seq, j.command_id, j.actor, j.recorded_at, j.text, j.hash, j.prev_hash,
      p.texts, p.person, p.role
    from journal j left join personal_texts p using (kind, entity, seq)
    where j.kind = 'case' and j.entity = ${id} order by j.seq`.execute(tx);
  return rows.map((row) => ({ ...row, texts: row.texts === null ? null : [...row.texts] }));
}

async function rulesBy(tx: Tx, hashes: readonly string[]): Promise<Record<string, Rules>> {
  const { rows } = await sql<{ hash: string; compiled: Rules }>`
    select hash, compiled from rules where hash = any(${[...hashes]})`.execute(tx);
  return Object.fromEntries(rows.map(({ hash, compiled }) => [hash, compiled]));
}

/** The files of the set in which these rules first came into force. */
async function sourcesOf(tx: Tx, rules: Readonly<Record<string, Rules>>): Promise<Dossier['playbooks']> {
  const found: Dossier['playbooks'] = [];
  for (const [hash, { pipeline }] of Object.entries(rules)) {
    const { rows } = await sql<{ published_at: string; published_by: string; files: Record<string, string> }>`
      select published_at, published_by, sources as files from playbook_sets
      where compiled->'rules'->${pipeline.pipeline}->>'hash' = ${hash} order by published_at limit 1`.execute(tx);
    found.push(...rows.map((row) => ({ rules: hash, ...row })));
  }
  return found;
}

/** Who is named anywhere in the entries, as the people stood at each version an entry was decided by, and who stands above them. */
async function peopleIn(
  tx: Tx,
  entries: readonly JournalEntry[],
  journal: Dossier['journal'],
): Promise<Dossier['people']> {
  const versions = [...new Set(entries.map((entry) => entry.people_version))];
  const { rows } = await sql<Dossier['people'][number]>`
    select p.person, p.version, p.until_version, p.name, p.role, p.manager from people p
    where exists (select from unnest(${versions}::integer[]) v
      where p.version <= v and (p.until_version is null or v < p.until_version))
    order by p.person, p.version`.execute(tx);
  const said = journal.map(({ text }) => text).join('\n');
  const meant = new Set(rows.filter(({ person }) => said.includes(JSON.stringify(person))).map(({ person }) => person));
  for (let size = -1; size !== meant.size; ) {
    size = meant.size;
    for (const { person, manager } of rows) if (manager !== null && meant.has(person)) meant.add(manager);
  }
  return rows.filter(({ person }) => meant.has(person));
}

/** Their own journals say so. */
async function erasedIn(tx: Tx, journal: Dossier['journal']): Promise<string[]> {
  const named = journal.flatMap(({ texts }) => (texts ?? []).flatMap((one) => ('erased' in one ? [one.erased] : [])));
  if (named.length === 0) return [];
  const { rows } = await sql<{ entity: string }>`
    select distinct entity from journal
    where kind = 'person' and entity = any(${named}) and text like '%"event":"person_erased"%'`.execute(tx);
  return rows.map(({ entity }) => entity).sort();
}

async function filesOf(tx: Tx, id: string): Promise<Dossier['files']> {
  const { rows } = await sql<Dossier['files'][number]>`
    select sha256, name, size from case_files where case_id = ${id} order by uploaded_at, sha256`.execute(tx);
  return rows;
}

/** The newest that says how this journal ended. */
async function checkpointOf(tx: Tx, id: string): Promise<{ document: string; heads: string } | undefined> {
  const { rows } = await sql<{ document: string; heads: string }>`
    select document, heads from checkpoints where position(${`case/${id}\t`} in heads) > 0 order by n desc limit 1`.execute(
    tx,
  );
  return rows[0];
}

async function pemsIn(folder: string): Promise<string[]> {
  const keys = await readPublicKeys(folder);
  return [...keys.values()].map((key) => key.export({ type: 'spki', format: 'pem' }).toString());
}

/** Reads the whole journal again and finds what was edited, removed, rewritten, or does not fit the state or the checkpoints. */

import { sql } from 'kysely';
import type { EntityKind } from '../engine/entity.ts';
import { type Finding, finding, type Report } from './audit/finding.ts';
import {
  closeTrail,
  followEntry,
  type HeadRow,
  type JournalRow,
  type Known,
  type Trail,
} from './audit/follow-trail.ts';
import { readWitness, type Witness } from './audit/witness.ts';
import type { Store, Tx } from './open-store.ts';

export interface VerifyCounts {
  entities: number;
  entries: number;
  findings: number;
  /** Checkpoints whose copies were read; 0: nothing outside PostgreSQL vouches for the journal. */
  checkpoints: number;
  /** When the newest of them was made: later cut tails and chains rewritten whole cannot be told. */
  checkpoint_at?: string;
}

export interface VerifyOptions {
  /** One entity only. */
  readonly only?: { readonly kind: EntityKind; readonly id: string };
  /** Where copies of the checkpoints and the public keys lie; absent: the chain alone is looked at. */
  readonly checkpoints?: string;
  readonly report: (finding: Finding) => void;
  /** Told after each page. */
  readonly progress?: (counts: Readonly<VerifyCounts>) => void;
}

const PAGE = 500;

/**
 * Recomputes every hash, follows every chain, folds the events of every entity and compares them with its state, and
 * holds every head against the copies of the checkpoints. Reads one snapshot, so that it can run beside the work.
 */
export function verifyJournal(store: Store, options: VerifyOptions): Promise<Readonly<VerifyCounts>> {
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx);
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
      return verifyIn(tx, options);
    });
}

/** The same within a transaction of the caller's, which should see one snapshot. */
export async function verifyIn(tx: Tx, options: VerifyOptions): Promise<Readonly<VerifyCounts>> {
  const counts: VerifyCounts = { entities: 0, entries: 0, findings: 0, checkpoints: 0 };
  const report: Report = (one) => {
    counts.findings += 1;
    options.report(one);
  };
  const witness = await readWitness(tx, options.checkpoints, report);
  counts.checkpoints = witness.checkpoints;
  if (witness.at !== undefined) counts.checkpoint_at = witness.at;
  const known = { erased: await everybodyErased(tx), report };
  await followTrails(tx, options, counts, known, witness);
  for (const { kind, id } of await withoutJournal(tx, options.only)) report(finding('journal-missing', kind, id));
  for (const row of await strayTexts(tx, options.only)) report(finding('text-stray', row.kind, row.id, row.seq));
  witness.end(options.only, report);
  return counts;
}

async function followTrails(
  tx: Tx,
  options: VerifyOptions,
  counts: VerifyCounts,
  known: Known,
  witness: Witness,
): Promise<void> {
  let trail: Trail | undefined;
  let rows = await page(tx, options.only, undefined);
  while (rows.length > 0) {
    const heads = await headsOf(tx, rows);
    for (const row of rows) {
      if (trail?.kind !== row.kind || trail.id !== row.entity) {
        trail = { kind: row.kind, id: row.entity, seq: 0, hash: '', state: undefined, broken: false };
        counts.entities += 1;
      }
      counts.entries += 1;
      followEntry(trail, row, known);
      witness.see(trail, known.report);
      if (row.is_last) {
        closeTrail(trail, heads.get(`${row.kind}/${row.entity}`), known.report);
        witness.close(trail, known.report);
      }
    }
    options.progress?.(counts);
    rows = rows.length < PAGE ? [] : await page(tx, options.only, rows.at(-1));
  }
}

type PageRow = JournalRow & { readonly is_last: boolean };

async function page(tx: Tx, only: VerifyOptions['only'], after: PageRow | undefined): Promise<readonly PageRow[]> {
  const of = only === undefined ? sql`true` : sql`j.kind = ${only.kind} and j.entity = ${only.id}`;
  const from =
    after === undefined ? sql`true` : sql`(j.kind, j.entity, j.seq) > (${after.kind}, ${after.entity}, ${after.seq})`;
  const { rows } = await sql<PageRow>`
    select j.kind, j.entity, j.seq, j.command_id, j.actor, j.recorded_at, j.text, j.hash, j.prev_hash,
      p.texts, p.person, p.role,
      not exists (select from journal later where later.kind = j.kind and later.entity = j.entity and later.seq > j.seq) as is_last
    from journal j left join personal_texts p using (kind, entity, seq)
    where ${of} and ${from} order by j.kind, j.entity, j.seq limit ${PAGE}`.execute(tx);
  return rows;
}

/** The rows of the entities that end on this page. */
async function headsOf(tx: Tx, rows: readonly PageRow[]): Promise<ReadonlyMap<string, HeadRow>> {
  const ending = rows.filter((row) => row.is_last);
  const { rows: heads } = await sql<HeadRow & { kind: EntityKind; id: string }>`
    select e.kind, e.id, e.seq, e.head_hash, e.state
    from unnest(${ending.map((row) => row.kind)}::text[], ${ending.map((row) => row.entity)}::text[]) as w (kind, id)
    join entities e using (kind, id)`.execute(tx);
  return new Map(heads.map((head) => [`${head.kind}/${head.id}`, head]));
}

/** Their own journals say it, which are verified like all others. */
async function everybodyErased(tx: Tx): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ entity: string }>`
    select distinct entity from journal where kind = 'person' and text like '%"event":"person_erased"%'`.execute(tx);
  return new Set(rows.map((row) => row.entity));
}

async function withoutJournal(
  tx: Tx,
  only: VerifyOptions['only'],
): Promise<readonly { readonly kind: EntityKind; readonly id: string }[]> {
  const of = only === undefined ? sql`true` : sql`e.kind = ${only.kind} and e.id = ${only.id}`;
  const { rows } = await sql<{ kind: EntityKind; id: string }>`
    select e.kind, e.id from entities e
    where ${of} and not exists (select from journal j where j.kind = e.kind and j.entity = e.id)`.execute(tx);
  return rows;
}

async function strayTexts(
  tx: Tx,
  only: VerifyOptions['only'],
): Promise<readonly { readonly kind: EntityKind; readonly id: string; readonly seq: number }[]> {
  const of = only === undefined ? sql`true` : sql`p.kind = ${only.kind} and p.entity = ${only.id}`;
  const { rows } = await sql<{ kind: EntityKind; id: string; seq: number }>`
    select p.kind, p.entity as id, p.seq from personal_texts p
    where ${of} and not exists (select from journal j where j.kind = p.kind and j.entity = p.entity and j.seq = p.seq)`.execute(
    tx,
  );
  return rows;
}

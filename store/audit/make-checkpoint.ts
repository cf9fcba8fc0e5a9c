/** Makes checkpoints: signed, kept in PostgreSQL, copied to a folder outside it. */

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { EntityKind } from '../../engine/entity.ts';
import type { Instant } from '../../engine/time/instant.ts';
import { sha256 } from '../hash.ts';
import type { Store, Tx } from '../open-store.ts';
import {
  type Checkpoint,
  type HeadLine,
  lineOf,
  openCheckpoint,
  type SigningKey,
  signCheckpoint,
} from './checkpoint.ts';
import { type AuditPlace, openSigningKey, readCopies, readPublicKeys, writeCopy } from './copies.ts';
import { type Finding, finding, type Report } from './finding.ts';
import { readWitness, type Witness } from './witness.ts';

/** The journal no longer fits the last checkpoint: signing would only bear witness to what was tampered with. */
export class CheckpointRefused extends Error {
  override readonly name = 'CheckpointRefused';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(`the journal does not fit the checkpoint before: ${findings.length} findings`);
    this.findings = findings;
  }
}

export interface CheckpointWish {
  readonly at: Instant;
  /** `yyyy-MM-dd`: made at most once, however many ask. */
  readonly night?: string;
  /** The database was restored: what the checkpoints before say is no longer asked. */
  readonly afterRestore?: boolean;
}

const LOCK = 'playrail checkpoint';

/** Absent: another is being made at this moment, or that night has one. @throws CheckpointRefused when something does not hold. */
export async function makeCheckpoint(
  store: Store,
  place: AuditPlace,
  wish: CheckpointWish,
): Promise<Checkpoint | undefined> {
  const key = await openSigningKey(place);
  await copyCheckpoints(store, place);
  const made = await inTurn(store, wish.night, () => writeCheckpoint(store, place, key, wish));
  if (made !== undefined) await copyCheckpoints(store, place);
  return made;
}

/** Held by a transaction of its own, so that the one which reads begins when it is our turn and sees what came before. */
function inTurn<T>(store: Store, night: string | undefined, work: () => Promise<T>): Promise<T | undefined> {
  return store.db.transaction().execute(async (turn) => {
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(turn);
    return (await isOurTurn(turn, night)) ? work() : undefined;
  });
}

function writeCheckpoint(store: Store, place: AuditPlace, key: SigningKey, wish: CheckpointWish): Promise<Checkpoint> {
  const { at, night = null, afterRestore: isNew = false } = wish;
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx);
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
      const findings: Finding[] = [];
      const report: Report = (one) => findings.push(one);
      const witness = await readWitness(tx, place.folder, isNew ? () => undefined : report);
      await compareHeads(tx, isNew ? [] : [...witness.heads.values()], report);
      if (findings.length > 0) throw new CheckpointRefused(findings);
      const { checkpoint, changes } = await draw(tx, witness, wish);
      const document = signCheckpoint(checkpoint, key);
      await tx.insertInto('checkpoints').values({ n: checkpoint.n, night, at, document, heads: changes }).execute();
      return checkpoint;
    });
}

/** Brings into the folder what other workers made since, as far as it is signed with a key that the folder knows. */
export async function copyCheckpoints(store: Store, { folder }: AuditPlace): Promise<void> {
  const newest = (await readCopies(folder)).at(-1)?.n ?? 0;
  const keys = await readPublicKeys(folder);
  const rows = await store.db
    .selectFrom('checkpoints')
    .select(['n', 'document', 'heads'])
    .where('n', '>', newest)
    .orderBy('n')
    .execute();
  for (const { n, document, heads: changes } of rows) {
    if (openCheckpoint(document, keys) === undefined) return;
    await writeCopy(folder, { n, document, changes });
  }
}

/** The night has its checkpoint. */
export async function hasCheckpoint(store: Store, night: string): Promise<boolean> {
  const { rows } = await sql<{ made: boolean }>`
    select exists (select from checkpoints where night = ${night}) as made`.execute(store.db);
  return rows[0]?.made === true;
}

async function isOurTurn(tx: Tx, night: string | undefined): Promise<boolean> {
  const { rows } = await sql<{ ours: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${LOCK}, 0)) as ours`.execute(tx);
  if (rows[0]?.ours !== true) return false;
  if (night === undefined) return true;
  const made = await sql`select from checkpoints where night = ${night}`.execute(tx);
  return made.rows.length === 0;
}

async function draw(
  tx: Tx,
  witness: Witness,
  { at, afterRestore }: CheckpointWish,
): Promise<{ readonly checkpoint: Checkpoint; readonly changes: string }> {
  const { rows } = await sql<HeadLine>`
    select kind, id, seq, head_hash as hash from entities order by kind collate "C", id collate "C"`.execute(tx);
  const all = createHash('sha256');
  let entries = 0;
  let changes = '';
  for (const head of rows) {
    const line = lineOf(head);
    all.update(line);
    entries += head.seq;
    const before = witness.heads.get(`${head.kind}/${head.id}`);
    if (afterRestore === true || before?.hash !== head.hash) changes += line;
  }
  const checkpoint: Checkpoint = {
    v: 1,
    n: (await newestNumber(tx, witness)) + 1,
    at,
    prior: witness.newest === undefined ? '' : sha256(witness.newest.document),
    entities: rows.length,
    entries,
    heads: all.digest('hex'),
    changes: sha256(changes),
    ...(afterRestore === true && { after_restore: true }),
  };
  return { checkpoint, changes };
}

async function newestNumber(tx: Tx, witness: Witness): Promise<number> {
  const { rows } = await sql<{ n: number | null }>`select max(n) as n from checkpoints`.execute(tx);
  return Math.max(rows[0]?.n ?? 0, witness.newest?.checkpoint.n ?? 0);
}

const BATCH = 5_000;

/** Every head of the checkpoint before still stands in its journal, and every journal ends where its entity says. */
async function compareHeads(tx: Tx, heads: readonly HeadLine[], report: Report): Promise<void> {
  for (let from = 0; from < heads.length; from += BATCH) {
    const some = heads.slice(from, from + BATCH);
    const { rows } = await sql<{ kind: EntityKind; id: string; seq: number; gone: boolean }>`
      select w.kind, w.id, w.seq, j.hash is null as gone
      from unnest(${some.map((one) => one.kind)}::text[], ${some.map((one) => one.id)}::text[],
        ${some.map((one) => one.seq)}::integer[], ${some.map((one) => one.hash)}::text[]) as w (kind, id, seq, hash)
      left join journal j on j.kind = w.kind and j.entity = w.id and j.seq = w.seq
      where j.hash is distinct from w.hash`.execute(tx);
    for (const { kind, id, seq, gone } of rows) report(finding(gone ? 'tail-cut' : 'chain-rewritten', kind, id, seq));
  }
  const { rows } = await sql<{ kind: EntityKind; id: string; seq: number }>`
    select e.kind, e.id, e.seq from entities e
    left join journal j on j.kind = e.kind and j.entity = e.id and j.seq = e.seq
    where j.hash is distinct from e.head_hash
      or exists (select from journal l where l.kind = e.kind and l.entity = e.id and l.seq > e.seq)`.execute(tx);
  for (const { kind, id, seq } of rows) report(finding('head-differs', kind, id, seq));
}

/** Reads the whole journal again and finds what was edited, removed, put in another order, or does not fit the state. */

import { sql } from 'kysely';
import type { EntityKind } from '../engine/entity.ts';
import type { Text } from '../engine/playbook/text.ts';
import { foldOf, stateOf } from './fold.ts';
import { canonicalText, sha256 } from './hash.ts';
import { type JournalEntry, parseEntry } from './journal-entry.ts';
import type { Store, Tx } from './open-store.ts';

export interface Finding {
  readonly code:
    | 'entry-edited'
    | 'entry-missing'
    | 'chain-broken'
    | 'column-differs'
    | 'head-differs'
    | 'state-differs'
    | 'entity-missing'
    | 'journal-missing';
  readonly kind: EntityKind;
  readonly id: string;
  /** The entry it was found at. */
  readonly seq?: number;
  readonly message: Text;
}

export interface VerifyCounts {
  entities: number;
  entries: number;
  findings: number;
}

export interface VerifyOptions {
  /** One entity only. */
  readonly only?: { readonly kind: EntityKind; readonly id: string };
  readonly report: (finding: Finding) => void;
  /** Told after each page. */
  readonly progress?: (counts: Readonly<VerifyCounts>) => void;
}

interface Row {
  readonly kind: EntityKind;
  readonly entity: string;
  readonly seq: number;
  readonly command_id: string | null;
  readonly actor: string;
  readonly recorded_at: string;
  readonly text: string;
  readonly hash: string;
  readonly prev_hash: string;
}

/** The entity whose entries are being read, in order. */
interface Trail {
  readonly kind: EntityKind;
  readonly id: string;
  seq: number;
  hash: string;
  state: unknown;
  /** Its entries cannot be read or applied: the state is not compared. */
  broken: boolean;
}

const PAGE = 500;

/**
 * Recomputes every hash, follows every chain, folds the events of every entity and compares them with its state. Reads
 * one snapshot, so that it can run beside the work. A journal whose tail was cut together with the entity's head, or
 * which was written anew as a whole, is consistent in itself and not found.
 */
export function verifyJournal(store: Store, options: VerifyOptions): Promise<Readonly<VerifyCounts>> {
  const counts: VerifyCounts = { entities: 0, entries: 0, findings: 0 };
  const report = (finding: Finding): void => {
    counts.findings += 1;
    options.report(finding);
  };
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx);
      await followTrails(tx, options, counts, report);
      for (const { kind, id } of await withoutJournal(tx, options.only)) {
        report({
          code: 'journal-missing',
          kind,
          id,
          message: { zh: '有状态而无日志', en: 'has a state and no journal' },
        });
      }
      return counts;
    });
}

type Report = VerifyOptions['report'];

async function followTrails(tx: Tx, options: VerifyOptions, counts: VerifyCounts, report: Report): Promise<void> {
  let trail: Trail | undefined;
  for (
    let rows = await page(tx, options.only, undefined);
    rows.length > 0;
    rows = await page(tx, options.only, rows.at(-1))
  ) {
    for (const row of rows) {
      if (trail?.kind !== row.kind || trail.id !== row.entity) {
        if (trail !== undefined) await closeTrail(tx, trail, report);
        trail = { kind: row.kind, id: row.entity, seq: 0, hash: '', state: undefined, broken: false };
        counts.entities += 1;
      }
      counts.entries += 1;
      followEntry(trail, row, report);
    }
    options.progress?.(counts);
  }
  if (trail !== undefined) await closeTrail(tx, trail, report);
}

async function page(tx: Tx, only: VerifyOptions['only'], after: Row | undefined): Promise<readonly Row[]> {
  let query = tx.selectFrom('journal').selectAll().orderBy('kind').orderBy('entity').orderBy('seq').limit(PAGE);
  if (only !== undefined) query = query.where('kind', '=', only.kind).where('entity', '=', only.id);
  if (after !== undefined) {
    query = query.where((eb) =>
      eb(eb.refTuple('kind', 'entity', 'seq'), '>', eb.tuple(after.kind, after.entity, after.seq)),
    );
  }
  return query.execute();
}

function followEntry(trail: Trail, row: Row, report: Report): void {
  const say = (code: Finding['code'], message: Text): void =>
    report({ code, kind: row.kind, id: row.entity, seq: row.seq, message });
  if (row.seq !== trail.seq + 1) {
    trail.broken = true;
    say('entry-missing', { zh: `第 ${trail.seq + 1} 条缺失`, en: `entry ${trail.seq + 1} is missing` });
  }
  if (row.prev_hash !== trail.hash) {
    trail.broken = true;
    say('chain-broken', { zh: '与前一条不相接', en: 'does not follow the entry before it' });
  }
  trail.seq = row.seq;
  trail.hash = row.hash;
  const entry = readRow(row);
  if (sha256(row.text) !== row.hash || entry === undefined) {
    trail.broken = true;
    say('entry-edited', { zh: '内容与其散列不符', en: 'its text does not have its hash' });
    return;
  }
  if (!columnsFit(row, entry)) say('column-differs', { zh: '列与内容不符', en: 'a column differs from the text' });
  if (entry.outcome !== 'accepted' || trail.broken) return;
  try {
    trail.state = foldOf(row.kind, trail.state, entry.events ?? []);
  } catch (error) {
    trail.broken = true;
    say('state-differs', {
      zh: `事件无法应用：${String(error)}`,
      en: `its events cannot be applied: ${String(error)}`,
    });
  }
}

function readRow(row: Row): JournalEntry | undefined {
  try {
    return parseEntry(row.text);
  } catch {
    return undefined;
  }
}

function columnsFit(row: Row, entry: JournalEntry): boolean {
  const command_id = entry.outcome === 'fault' ? null : entry.command_id;
  const { kind, id } = entry.entity;
  return (
    kind === row.kind &&
    id === row.entity &&
    entry.seq === row.seq &&
    command_id === row.command_id &&
    entry.actor === row.actor &&
    entry.at === row.recorded_at &&
    entry.prev === row.prev_hash
  );
}

async function closeTrail(tx: Tx, { kind, id, seq, hash, state, broken }: Trail, report: Report): Promise<void> {
  const say = (code: Finding['code'], message: Text): void => report({ code, kind, id, seq, message });
  const row = await tx
    .selectFrom('entities')
    .selectAll()
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) {
    say('entity-missing', { zh: '有日志而无状态', en: 'has a journal and no state' });
    return;
  }
  if (row.seq !== seq || row.head_hash !== hash) {
    say('head-differs', {
      zh: `日志止于第 ${seq} 条，状态记为第 ${row.seq} 条`,
      en: `the journal ends at entry ${seq}, the state says ${row.seq}`,
    });
    return;
  }
  if (!broken && !isSameState(kind, row.state, state)) {
    say('state-differs', { zh: '状态与事件不符', en: 'the state is not what its events make' });
  }
}

async function withoutJournal(
  tx: Tx,
  only: VerifyOptions['only'],
): Promise<readonly { kind: EntityKind; id: string }[]> {
  let query = tx
    .selectFrom('entities as e')
    .select(['e.kind', 'e.id'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('journal as j')
            .select('j.seq')
            .whereRef('j.kind', '=', 'e.kind')
            .whereRef('j.entity', '=', 'e.id'),
        ),
      ),
    );
  if (only !== undefined) query = query.where('e.kind', '=', only.kind).where('e.id', '=', only.id);
  return query.execute();
}

/** Of the kept state and the folded one; a state that nobody can read is not the same as any. */
function isSameState(kind: EntityKind, kept: unknown, folded: unknown): boolean {
  if (kept === null || folded === undefined) return kept === null && folded === undefined;
  try {
    return canonicalText(stateOf(kind, kept)) === canonicalText(folded);
  } catch {
    return false;
  }
}

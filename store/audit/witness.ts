/** What the copies outside PostgreSQL say of how every journal ended, held against the journal as it is. */

import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import type { EntityKind } from '../../engine/entity.ts';
import { sha256 } from '../hash.ts';
import type { Tx } from '../open-store.ts';
import { type Checkpoint, type HeadLine, lineOf, openCheckpoint, parseLines } from './checkpoint.ts';
import { type Copy, readCopies, readPublicKeys } from './copies.ts';
import { type Finding, finding, type Report } from './finding.ts';
import type { Trail } from './follow-trail.ts';

type Keys = ReadonlyMap<string, KeyObject>;
type Only = { readonly kind: EntityKind; readonly id: string } | undefined;

export interface Witness {
  /** How many checkpoints vouch. */
  readonly checkpoints: number;
  /** When the newest was made. */
  readonly at: string | undefined;
  /** The newest good checkpoint and its document; absent: there is none. */
  readonly newest: { readonly checkpoint: Checkpoint; readonly document: string } | undefined;
  /** `kind/id` → how it ended at the newest checkpoint. */
  readonly heads: ReadonlyMap<string, HeadLine>;
  /** After each entry. */
  see(trail: Trail, report: Report): void;
  /** After the last entry of an entity. */
  close(trail: Trail, report: Report): void;
  /** After all. */
  end(only: Only, report: Report): void;
}

/** Reads the copies in the folder, reports what is wrong with them or with the rows in the database. */
export async function readWitness(tx: Tx, folder: string | undefined, report: Report): Promise<Witness> {
  const copies = folder === undefined ? [] : await readCopies(folder);
  const keys = folder === undefined ? new Map() : await readPublicKeys(folder);
  const wrong: Finding[] = [];
  const good = sinceRestore(goodCopies(copies, keys, (one) => wrong.push(one)));
  const start = good[0]?.checkpoint.after_restore === true ? good[0].checkpoint.n : 1;
  for (const one of wrong) if (Number(one.id) >= start) report(one);
  if (folder !== undefined) await compareRows(tx, start, copies, keys, report);
  return witnessOf(good, report);
}

interface GoodCopy {
  readonly checkpoint: Checkpoint;
  readonly document: string;
  readonly lines: readonly HeadLine[];
}

function goodCopies(copies: readonly Copy[], keys: Keys, report: Report): readonly GoodCopy[] {
  const good: GoodCopy[] = [];
  let prior = '';
  let number = 0;
  for (const { n, document, changes } of copies) {
    const say = (code: 'checkpoint-missing' | 'checkpoint-forged', of = n): void =>
      report(finding(code, 'checkpoint', String(of)));
    number += 1;
    for (; number < n; number += 1) say('checkpoint-missing', number);
    const checkpoint = openCheckpoint(document, keys);
    const followsOn = checkpoint?.n === n && (checkpoint.prior === prior || good.at(-1)?.checkpoint.n !== n - 1);
    if (changes === undefined) say('checkpoint-missing');
    else if (checkpoint === undefined || !followsOn || sha256(changes) !== checkpoint.changes) say('checkpoint-forged');
    else good.push({ checkpoint, document, lines: parseLines(changes) });
    prior = sha256(document);
  }
  return good;
}

/** The database is to have the same checkpoints as the folder, to the byte; the newest may not have been copied yet. */
async function compareRows(tx: Tx, start: number, copies: readonly Copy[], keys: Keys, report: Report): Promise<void> {
  const { rows } = await sql<{ n: number; document: string; heads: string }>`
    select n, document, heads from checkpoints where n >= ${start} order by n`.execute(tx);
  const kept = new Map(rows.map((row) => [row.n, row]));
  for (const { n, document, changes } of copies) {
    if (n < start) continue;
    const row = kept.get(n);
    if (row === undefined || row.document !== document || (changes !== undefined && row.heads !== changes)) {
      report(finding('checkpoint-differs', 'checkpoint', String(n)));
    }
    kept.delete(n);
  }
  const newest = copies.at(-1)?.n ?? 0;
  for (const { n, document } of kept.values()) {
    if (n !== newest + 1) report(finding('checkpoint-missing', 'checkpoint', String(n)));
    else if (openCheckpoint(document, keys) === undefined)
      report(finding('checkpoint-forged', 'checkpoint', String(n)));
  }
}

/** What was before a restore has ended later than the database now knows; the checkpoint after it begins anew. */
function sinceRestore(good: readonly GoodCopy[]): readonly GoodCopy[] {
  const last = good.findLastIndex(({ checkpoint }) => checkpoint.after_restore === true);
  return last < 0 ? good : good.slice(last);
}

function witnessOf(good: readonly GoodCopy[], report: Report): Witness {
  const heads = new Map<string, HeadLine>();
  // `kind/id` → entry → its hash, of every checkpoint.
  const expected = new Map<string, Map<number, string>>();
  for (const head of good.flatMap(({ lines }) => lines)) {
    const key = `${head.kind}/${head.id}`;
    heads.set(key, head);
    const known = expected.get(key) ?? new Map<number, string>();
    expected.set(key, known.set(head.seq, head.hash));
  }
  const newest = good.at(-1);
  if (newest !== undefined && rootOf(heads) !== newest.checkpoint.heads) {
    report(finding('checkpoint-forged', 'checkpoint', String(newest.checkpoint.n)));
  }
  return {
    checkpoints: good.length,
    at: newest?.checkpoint.at,
    newest,
    heads,
    see: ({ kind, id, seq, hash }, tell) => {
      const wanted = expected.get(`${kind}/${id}`)?.get(seq);
      if (wanted !== undefined && wanted !== hash) tell(finding('chain-rewritten', kind, id, seq));
    },
    close: ({ kind, id, seq }, tell) => {
      const key = `${kind}/${id}`;
      const head = heads.get(key);
      if (head !== undefined && head.seq > seq) tell(finding('tail-cut', kind, id, seq));
      expected.delete(key);
    },
    end: (only, tell) => {
      for (const key of expected.keys()) {
        const [kind, id] = splitKey(key);
        if (only === undefined || (only.kind === kind && only.id === id)) tell(finding('entity-removed', kind, id));
      }
    },
  };
}

function splitKey(key: string): readonly [EntityKind, string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash) === 'case' ? 'case' : 'person', key.slice(slash + 1)];
}

/** In the order PostgreSQL gives them in: by the bytes of kind and id. */
function rootOf(heads: ReadonlyMap<string, HeadLine>): string {
  const lines = [...heads.values()].sort((a, b) => byBytes(a.kind, b.kind) || byBytes(a.id, b.id));
  return sha256(lines.map(lineOf).join(''));
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

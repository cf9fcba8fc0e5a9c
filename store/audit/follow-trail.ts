/** Follows one entity's journal from its first entry: hashes, chain, columns, texts kept apart, the state its events make. */

import { canonicalText } from '../../engine/canonical-text.ts';
import type { EntityKind } from '../../engine/entity.ts';
import { foldOf, stateOf } from '../fold.ts';
import { sha256 } from '../hash.ts';
import { type JournalEntry, openEntry, parseEntry } from '../journal-entry.ts';
import { digestOf, type KeptText } from '../personal-text.ts';
import { writerOf } from '../writer-of.ts';
import { type FindingCode, finding, type Report } from './finding.ts';

/** An entry as it lies in the tables. */
export interface JournalRow {
  readonly kind: EntityKind;
  readonly entity: string;
  readonly seq: number;
  readonly command_id: string | null;
  readonly actor: string;
  readonly recorded_at: string;
  readonly text: string;
  readonly hash: string;
  readonly prev_hash: string;
  readonly texts: readonly KeptText[] | null;
  /** Whose the texts are, and how. */
  readonly person: string | null;
  readonly role: string | null;
}

/** The entity's row. */
export interface HeadRow {
  readonly seq: number;
  readonly head_hash: string;
  readonly state: unknown;
}

/** The entity whose entries are being read, in order. */
export interface Trail {
  readonly kind: EntityKind;
  readonly id: string;
  seq: number;
  hash: string;
  state: unknown;
  /** Its entries cannot be read or applied: the state is not compared. */
  broken: boolean;
}

/** What is known besides the rows themselves. */
export interface Known {
  /** Everybody whose journal says that they were erased. */
  readonly erased: ReadonlySet<string>;
  readonly report: Report;
}

/** What is kept of a person's own journal is about them; what is kept of a case's, somebody wrote (`writerOf`). */
const ROLES: Readonly<Record<EntityKind, string>> = { case: 'written', person: 'about' };

export function followEntry(trail: Trail, row: JournalRow, { erased, report }: Known): void {
  const say = (code: FindingCode): void => report(finding(code, row.kind, row.entity, row.seq));
  if (row.seq !== trail.seq + 1) {
    trail.broken = true;
    say('entry-missing');
  }
  if (row.prev_hash !== trail.hash) {
    trail.broken = true;
    say('chain-broken');
  }
  trail.seq = row.seq;
  trail.hash = row.hash;
  const entry = readRow(row);
  if (sha256(row.text) !== row.hash || entry === undefined) {
    trail.broken = true;
    say('entry-edited');
    return;
  }
  if (!columnsFit(row, entry)) say('column-differs');
  const wrong = wrongText(entry, row.texts, erased);
  if (wrong !== undefined) {
    // What the state holds of it cannot be told from what the events hold.
    trail.broken = true;
    say(wrong);
  }
  if (entry.outcome !== 'accepted' || trail.broken) return;
  try {
    trail.state = foldOf(row.kind, trail.state, openEntry(row).entry.events ?? []);
  } catch {
    trail.broken = true;
    say('state-differs');
  }
}

/** The journal ends here: does the entity's row say the same? */
export function closeTrail(
  { kind, id, seq, hash, state, broken }: Trail,
  row: HeadRow | undefined,
  report: Report,
): void {
  const say = (code: FindingCode): void => report(finding(code, kind, id, seq));
  if (row === undefined) say('entity-missing');
  else if (row.seq !== seq || row.head_hash !== hash) say('head-differs');
  else if (!broken && !isSameState(kind, row.state, state)) say('state-differs');
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

function readRow(row: JournalRow): JournalEntry | undefined {
  try {
    return parseEntry(row.text);
  } catch {
    return undefined;
  }
}

function columnsFit(row: JournalRow, entry: JournalEntry): boolean {
  const command_id = entry.outcome === 'fault' ? null : entry.command_id;
  const { kind, id } = entry.entity;
  return (
    kind === row.kind &&
    id === row.entity &&
    entry.seq === row.seq &&
    command_id === row.command_id &&
    entry.actor === row.actor &&
    entry.at === row.recorded_at &&
    entry.prev === row.prev_hash &&
    (row.texts === null ||
      (row.person === (kind === 'case' ? writerOf(entry.actor, entry.command) : id) && row.role === ROLES[kind]))
  );
}

/** A text that is gone must have gone with somebody's erasure, which stands in their own journal. */
function wrongText(
  { personal = [] }: JournalEntry,
  texts: JournalRow['texts'],
  erased: ReadonlySet<string>,
): FindingCode | undefined {
  const kept = texts ?? [];
  for (const [index, { digest }] of personal.entries()) {
    const one = kept[index];
    if (one !== undefined && 'text' in one) {
      if (digestOf(one.salt, one.text) !== digest) return 'text-edited';
    } else if (one === undefined || !erased.has(one.erased)) {
      return 'text-missing';
    }
  }
  return kept.length > personal.length ? 'text-stray' : undefined;
}

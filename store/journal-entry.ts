/** One entry of the journal: what was asked, by whom, what came of it; canonical JSON chained to the entry before by hash. */

import type { EntityKind, Reply } from '../engine/entity.ts';
import { canonicalText, sha256 } from './hash.ts';

export interface JournalEntry {
  readonly v: 1;
  readonly entity: { readonly kind: EntityKind; readonly id: string };
  readonly seq: number;
  readonly command_id: string;
  readonly command: unknown;
  readonly actor: string;
  readonly at: string;
  readonly outcome: 'accepted' | 'refused' | 'fault';
  readonly events?: readonly unknown[];
  readonly warnings?: readonly unknown[];
  readonly reasons?: readonly unknown[];
  /** Of a fault: a `FaultCause`. Version 0.1 had free text here, and no detail. */
  readonly cause?: string;
  readonly detail?: string;
  /** The people the decision saw. */
  readonly people_version: number;
  /** Hash of the rules the case is pinned to, after this entry. */
  readonly rules?: string;
  /** Hash of the entity's previous entry; empty for the first. */
  readonly prev: string;
}

export interface SealedEntry {
  readonly entry: JournalEntry;
  readonly text: string;
  readonly hash: string;
}

/** @throws Error when the entry holds what JSON cannot say. */
export function sealEntry(entry: JournalEntry): SealedEntry {
  const text = canonicalText(entry);
  return { entry, text, hash: sha256(text) };
}

/** Reads an entry back. @throws Error when the text is not such an entry. */
export function parseEntry(text: string): JournalEntry {
  const raw: unknown = JSON.parse(text);
  if (typeof raw !== 'object' || raw === null || !('v' in raw) || raw.v !== 1) throw new Error('not a journal entry');
  // Only `sealEntry` writes entries; a text edited since is found by its hash.
  return raw as JournalEntry;
}

/** The reply that the command of this entry got, and gets again. */
export function replyOf(entry: JournalEntry): Reply {
  switch (entry.outcome) {
    case 'accepted':
      return { outcome: 'accepted', entry: entry.seq, events: entry.events ?? [], warnings: entry.warnings ?? [] };
    case 'refused':
      return { outcome: 'refused', entry: entry.seq, reasons: entry.reasons ?? [] };
    case 'fault':
      return { outcome: 'fault', cause: entry.cause ?? '', detail: entry.detail ?? '' };
    default:
      return entry.outcome satisfies never;
  }
}

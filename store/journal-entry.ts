/** One entry of the journal: what was asked, by whom, what came of it; canonical JSON chained to the entry before by hash. */

import { canonicalText } from '../engine/canonical-text.ts';
import type { EntityKind, Reply } from '../engine/entity.ts';
import type { FoundText } from '../engine/personal.ts';
import { sha256 } from './hash.ts';
import { type ApartText, type KeptText, putBack, randomSalt, setApart } from './personal-text.ts';

/** The version of entries written today; those of version 1 hold their texts themselves. */
export const ENTRY_VERSION = 2;

export interface JournalEntry {
  readonly v: 1 | 2;
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
  /** The texts that lie apart; in the chained text `null` stands in each of their places. */
  readonly personal?: readonly ApartText[];
}

export interface SealedEntry {
  /** With its texts in their places. */
  readonly entry: JournalEntry;
  readonly text: string;
  readonly hash: string;
  /** The texts to be kept apart, in the order of `entry.personal`. */
  readonly apart: readonly KeptText[];
}

/** An entry as it lies in the tables: the chained text, and the texts that belong in it. */
export interface KeptEntry {
  readonly text: string;
  readonly texts: readonly KeptText[] | null;
}

export interface OpenedEntry {
  readonly entry: JournalEntry;
  /** Where a text was erased: JSON pointers into the entry. */
  readonly erased: readonly string[];
}

/** @throws Error when the entry holds what JSON cannot say. */
export function sealEntry(
  entry: JournalEntry,
  found: readonly FoundText[],
  newSalt: () => string = randomSalt,
): SealedEntry {
  const { personal, apart, bare } = setApart(entry, found, newSalt);
  const text = canonicalText(personal.length === 0 ? entry : { ...bare, personal });
  // Opened from the text, so that the first reply and every later one are the same to the byte.
  return { entry: openEntry({ text, texts: apart }).entry, text, hash: sha256(text), apart };
}

/** As it will lie in the tables. */
export function keptOf({ text, apart }: SealedEntry): KeptEntry {
  return { text, texts: apart };
}

/** Reads an entry back, every text in its place or what stands for an erased one. @throws Error when the text is no such entry. */
export function openEntry({ text, texts }: KeptEntry): OpenedEntry {
  const entry = parseEntry(text);
  if (entry.personal === undefined) return { entry, erased: [] };
  return { entry, erased: putBack(entry, entry.personal, texts ?? []) };
}

/** The chained entry itself, `null` where texts lie apart. @throws Error when the text is not such an entry. */
export function parseEntry(text: string): JournalEntry {
  const raw: unknown = JSON.parse(text);
  if (typeof raw !== 'object' || raw === null || !('v' in raw)) throw new Error('not a journal entry');
  if (raw.v !== 1 && raw.v !== ENTRY_VERSION)
    throw new Error('a journal entry of a version this Playrail does not know');
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

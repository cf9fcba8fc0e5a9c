/** What cases and persons have in common: how they are named, how a command reaches them, what it is answered. */

import type { Fault } from './fault.ts';

export type EntityKind = 'case' | 'person';

export interface EntityRef {
  readonly kind: EntityKind;
  readonly id: string;
}

/** A command on its way; `body` is opaque here, `step` checks it. */
export interface SentCommand {
  readonly id: string;
  readonly actor: string;
  readonly body: unknown;
  /** When the sender sent it, ISO 8601. */
  readonly sent_at?: string;
}

/**
 * What a caller gets for a command. The five kinds of no less the diagnostic: `invalid`, `forbidden`, `refused`, `fault`.
 * `entry` is the journal sequence number, absent where nothing was journalled.
 */
export type Reply =
  | {
      readonly outcome: 'accepted';
      readonly entry: number;
      readonly events: readonly unknown[];
      readonly warnings: readonly unknown[];
    }
  | { readonly outcome: 'refused'; readonly entry: number; readonly reasons: readonly unknown[] }
  | { readonly outcome: 'forbidden'; readonly reason: unknown }
  | { readonly outcome: 'invalid'; readonly problems: readonly unknown[] }
  | Fault;

/** What a case owes: what was taken on trust, and what was passed by a waiver and is not met yet. */

import type { CaseState } from './state.ts';
import { waiversOf } from './waivers/standing.ts';
import { isOwedBy, type WaivableKind } from './waivers/waiver.ts';

/** One thing owed, by the last day for it, `yyyy-MM-dd`. */
export interface Owed {
  readonly kind: 'evidence' | 'decision' | WaivableKind;
  readonly name: string;
  readonly due_on: string;
  /** The stage that was left on trust. */
  readonly stage?: string;
}

/** A finished case owes nothing more; that it passed no gate stays marked (`ungated`). */
export function debtsOf(state: CaseState): readonly Owed[] {
  if (state.finished) return [];
  const trusted = state.debts.flatMap((debt): readonly Owed[] => {
    const { evidence, decision, due_on, stage } = debt;
    if (decision !== undefined) return [{ kind: 'decision', name: decision, due_on, stage }];
    // Accepted evidence pays for itself, whether or not the debt still stands in the state; a decision's goes when it is made.
    return evidence === undefined || state.evidence[evidence]?.status === 'accepted'
      ? []
      : [{ kind: 'evidence', name: evidence, due_on, stage }];
  });
  const waived = waiversOf(state)
    .filter(isOwedBy)
    .map(({ kind, name, until }): Owed => ({ kind, name, due_on: until }));
  return [...trusted, ...waived];
}

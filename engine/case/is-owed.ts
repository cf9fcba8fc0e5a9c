/** Whether a debt is still to be paid. */

import type { CaseState, Debt } from './state.ts';

/** Accepted evidence pays for itself, whether or not the debt still stands in the state; a decision's goes when it is made. */
export function isOwed(state: CaseState, debt: Debt): boolean {
  return debt.evidence === undefined || state.evidence[debt.evidence]?.status !== 'accepted';
}

/** What a CRM says of a case that Playrail holds: where it stands there, and what is done where that was changed behind our back. */

import type { ChangedOutside } from '../playbook/mapping.ts';
import type { Who } from '../playbook/who.ts';
import type { Instant } from '../time/instant.ts';
import type { CaseState } from './state.ts';

/** A stage, or an end. Both where the CRM tells at which stage it ended. */
export interface CrmPosition {
  readonly stage?: string;
  readonly closed?: { readonly as: 'won' | 'lost'; readonly reason?: string; readonly at?: Instant };
}

export type ChangePolicy = ChangedOutside;

/** A change that waits for somebody's decision; nothing moves until then. */
export interface HeldChange {
  readonly source: string;
  readonly since: Instant;
  readonly was: CrmPosition;
  readonly now: CrmPosition;
  /** Who decides, and who that was when it was asked; nobody found: whoever may import. */
  readonly asks: Who;
  readonly asked: readonly string[];
  readonly debt_due_on?: string;
}

/** Whether the case stands where the CRM says. */
export function isWhereItStands(state: Pick<CaseState, 'stage' | 'status' | 'finished'>, now: CrmPosition): boolean {
  if (now.closed !== undefined) return state.status === now.closed.as && (state.finished || now.closed.as === 'won');
  return !state.finished && state.stage === now.stage;
}

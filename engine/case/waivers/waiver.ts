/** A waiver as a case keeps it: what stands in for a milestone or a gate, for how long, and who answers for it. */

import type { Instant } from '../../time/instant.ts';

export type WaivableKind = 'milestone' | 'gate';

/** Why a waiver counts no longer. `met`: what it stood in for holds by itself. */
export type WaiverEnd = 'expired' | 'withdrawn' | 'met' | 'closed';

export interface WaiverEntry {
  readonly kind: WaivableKind;
  readonly name: string;
  readonly reason: string;
  /** Who answers for its being met by the end. */
  readonly owner: string;
  readonly granted_by: string;
  readonly granted_at: Instant;
  /** Its last day, `yyyy-MM-dd`, and the moment that ends it. */
  readonly until: string;
  readonly ends_at: Instant;
  readonly remind_at?: Instant;
  readonly reminded?: true;
  /** How often it was granted in this case. */
  readonly times: number;
  /** A stage was left by it: what it stood in for is owed from then on. */
  readonly used_at?: Instant;
  readonly over?: WaiverEnd;
}

/** How reasons and waivers name what is waived: `milestone senior-support`. */
export function waived({ kind, name }: Pick<WaiverEntry, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

/** Whether it stands at an instant. */
export function stands({ over, ends_at }: WaiverEntry, at: Instant): boolean {
  return over === undefined && at < ends_at;
}

/** Whether what it stood in for is still to be met: passed by it, and not met since. */
export function isOwedBy({ used_at, over }: WaiverEntry): boolean {
  return used_at !== undefined && over !== 'met' && over !== 'closed';
}

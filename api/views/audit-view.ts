/** What checking the journal's chain found. */

import type { Finding } from '../../store/verify-journal.ts';

export interface AuditView {
  readonly ok: boolean;
  readonly entities: number;
  readonly entries: number;
  readonly findings_total: number;
  /** The first of them. */
  readonly findings: readonly Finding[];
}

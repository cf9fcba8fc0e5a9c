/** What checking the journal's chain found. */

export interface AuditView {
  readonly ok: boolean;
  readonly entities: number;
  readonly entries: number;
  /** One per entity whose chain does not hold. */
  readonly findings: readonly {
    readonly kind: string;
    readonly id: string;
    readonly seq?: number;
    readonly what: string;
  }[];
}

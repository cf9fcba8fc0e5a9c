/** What the guardian is told and what it reports: one JSON object a line each way. */

export interface ServerPlan {
  readonly name: 'PostgreSQL' | 'Temporal';
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Both outputs are appended here. */
  readonly log: string;
  /** The signal that asks it to end in good order. */
  readonly stop: 'SIGINT' | 'SIGTERM';
  /** Found in its command line, to tell it from a later process with the same id. */
  readonly mark: string;
}

export interface GuardianPlan {
  readonly servers: readonly ServerPlan[];
  /** Where the ids of what runs are kept for the next start. */
  readonly record: string;
  /** A server that has not ended by then is killed. */
  readonly stop_deadline_ms: number;
}

export type GuardianReport =
  | { readonly report: 'started'; readonly server: string; readonly pid: number }
  | { readonly report: 'ended'; readonly server: string; readonly how: string };

/** The kept ids: the guardian's own and its servers', each with its mark. */
export interface ServerRecord {
  readonly guardian: number;
  readonly servers: readonly { readonly pid: number; readonly mark: string; readonly stop: 'SIGINT' | 'SIGTERM' }[];
}

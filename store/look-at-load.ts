/** What waits in the database: for metrics and for `doctor`. */

import { sql } from 'kysely';
import type { Store } from './open-store.ts';

export interface WaitingMessages {
  readonly queue: 'entities' | 'outside';
  /** `mail`, `webhook/<name>`, or `entities` for all of them. */
  readonly destination: string;
  readonly waiting: number;
  /** Of the one that waits longest. */
  readonly oldest_seconds: number;
  /** Those that have been tried in vain. */
  readonly failing: number;
}

export interface Load {
  /** How late the most overdue wake is; 0: none is overdue. */
  readonly clock_lag_seconds: number;
  /** Entities whose wake is overdue by two minutes: a sweep would have had them by then. */
  readonly overdue: number;
  readonly outbox: readonly WaitingMessages[];
  /** Status → imports. */
  readonly imports: Readonly<Record<string, number>>;
}

/** Wakes put off after faults are no lag. @throws when the database is away. */
export async function lookAtLoad({ db }: Store): Promise<Load> {
  const lag = await sql<{ lag: number | null; overdue: number }>`
    select extract(epoch from now() - min(due))::float8 as lag,
      (count(*) filter (where due < now() - interval '2 minutes'))::int as overdue
    from (select greatest(wake_at, wake_not_before) as due from entities where wake_at < now()) late
    where due < now()`.execute(db);
  const outbox = await sql<WaitingMessages>`
    select queue, case queue when 'entities' then 'entities' else target end as destination, count(*)::int as waiting,
      greatest(0, extract(epoch from now() - min(recorded_at)))::float8 as oldest_seconds,
      (count(*) filter (where attempts > 0))::int as failing
    from outbox where delivered_at is null group by 1, 2 order by 1, 2`.execute(db);
  const imports = await sql<{ status: string; count: number }>`
    select status, count(*)::int as count from imports group by status`.execute(db);
  return {
    clock_lag_seconds: Math.max(0, lag.rows[0]?.lag ?? 0),
    overdue: lag.rows[0]?.overdue ?? 0,
    outbox: outbox.rows,
    imports: Object.fromEntries(imports.rows.map(({ status, count }) => [status, count])),
  };
}

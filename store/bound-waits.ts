/** Gives up on answers that PostgreSQL, or the network before it, never sends: so no caller and no connection waits for ever. */

import type pg from 'pg';

/** How a transaction asks the server for more patience than it has by default; 0: without end. */
const OTHER_PATIENCE = /^set local statement_timeout = (\d+)$/;
/** The server ends what takes too long by itself and says so; only one that says nothing is hung up on. */
const GRACE_MS = 500;

/**
 * From now on a query of this connection that is not answered half a second after the server should have given it up
 * breaks the connection off: the query rejects as for any lost connection, and the pool makes another one.
 */
export function boundWaits(client: pg.PoolClient, patienceMs: number): void {
  const plain: (...args: unknown[]) => unknown = client.query.bind(client);
  let longestMs = patienceMs;
  const query = (...args: unknown[]): unknown => {
    const [text] = args;
    if (text === 'begin') longestMs = patienceMs;
    const asked = plain(...args);
    const other = typeof text === 'string' ? OTHER_PATIENCE.exec(text)?.[1] : undefined;
    if (other !== undefined) longestMs = Number(other);
    if (longestMs === 0 || !(asked instanceof Promise)) return asked;
    const timer = setTimeout(() => hangUp(client), longestMs + GRACE_MS);
    return asked.finally(() => clearTimeout(timer));
  };
  // The one cast: it takes whatever `query` takes and answers as that does.
  client.query = query as typeof client.query;
}

/** With a query under way `end` waits for nothing; the types of a pool's connection leave it out. */
function hangUp(client: pg.PoolClient & { end?: () => Promise<void> }): void {
  void client.end?.();
}

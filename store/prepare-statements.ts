/** Has PostgreSQL keep the plans of our statements: planning a step's cost it more than doing it. */

import type pg from 'pg';

/** Statements are few, but for lists with many filters; those beyond this are planned each time. */
const MOST_STATEMENTS = 300;

const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/** From now on the connection's statements with parameters are prepared under a name, the first time each is used. */
export function prepareStatements(client: pg.PoolClient): void {
  const plain: (...args: unknown[]) => unknown = client.query.bind(client);
  const query = (...args: unknown[]): unknown => {
    const [text, values] = args;
    const isPlain = typeof text === 'string' && Array.isArray(values) && values.length > 0 && args.length === 2;
    const name = isPlain ? nameOf(text) : undefined;
    return name === undefined ? plain(...args) : plain({ name, text, values });
  };
  // The one cast: it takes whatever `query` takes and answers as that does.
  client.query = query as typeof client.query;
}

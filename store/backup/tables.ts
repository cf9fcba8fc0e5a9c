/** Which tables a backup holds, read from the database itself, so that none that comes later is forgotten. */

import type pg from 'pg';

/** Migrations keep their own books: a restore runs them. */
const NOT_BACKED_UP = ['kysely_migration', 'kysely_migration_lock'];

export interface TableShape {
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns that PostgreSQL counts up by itself. */
  readonly identities: readonly string[];
}

/** Tables that others refer to come first. */
export async function tablesOf(client: pg.ClientBase): Promise<readonly TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `select c.relname as table,
      array_agg(a.attname::text order by a.attnum) as columns,
      coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.attidentity <> ''), '{}') as identities
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> all ($1)
    group by c.relname order by c.relname`,
    [NOT_BACKED_UP],
  );
  const refers = await client.query<{ readonly from: string; readonly to: string }>(
    `select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
    where contype = 'f' and connamespace = current_schema()::regnamespace`,
  );
  return inOrder(rows, refers.rows);
}

function inOrder(
  tables: readonly TableShape[],
  refers: readonly { readonly from: string; readonly to: string }[],
): readonly TableShape[] {
  const placed: TableShape[] = [];
  const isPlaced = (name: string): boolean => placed.some(({ table }) => table === name);
  for (let rest = tables; rest.length > 0; rest = rest.filter(({ table }) => !isPlaced(table))) {
    const free = rest.filter(({ table }) =>
      refers.every(({ from, to }) => from !== table || to === table || isPlaced(to)),
    );
    if (free.length === 0) throw new Error('tables refer to each other in a circle');
    placed.push(...free);
  }
  return placed;
}

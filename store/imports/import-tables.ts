/** The tables of an import as they lie in PostgreSQL: in parts of bounded size, so that no row of it grows with the export. */

import type { Table } from '../../engine/mapping/tables.ts';
import type { Store, Tx } from '../open-store.ts';

/** Table of the mapping → what was read for it. */
export type ImportTables = Readonly<Record<string, Table>>;

/** A few hundred kB of JSON, as exports go. */
const ROWS_A_PART = 1_000;

type Part = { readonly head: Omit<Table, 'rows'>; readonly rows: Table['rows'] };

export async function saveTables(tx: Tx, id: number, tables: ImportTables): Promise<void> {
  for (const [table, { rows, ...head }] of Object.entries(tables)) {
    const parts = Math.max(1, Math.ceil(rows.length / ROWS_A_PART));
    for (let part = 0; part < parts; part += 1) {
      const content: Part = { head, rows: rows.slice(part * ROWS_A_PART, (part + 1) * ROWS_A_PART) };
      // What PostgreSQL cannot keep in JSON is told of its row; the escapes keep it until then.
      const values = { import: id, table_id: table, part, content: JSON.stringify(content) };
      await tx.insertInto('import_tables').values(values).execute();
    }
  }
}

export async function tablesOf({ db }: Store, id: number): Promise<ImportTables> {
  const stored = await db
    .selectFrom('import_tables')
    .select(['table_id', 'content'])
    .where('import', '=', id)
    .orderBy('table_id')
    .orderBy('part')
    .execute();
  const tables = new Map<string, { head: Part['head']; rows: Table['rows'][number][] }>();
  for (const { table_id: table, content } of stored) {
    // Written by `saveTables`.
    const { head, rows } = content as Part;
    const before = tables.get(table);
    if (before === undefined) tables.set(table, { head, rows: [...rows] });
    else for (const row of rows) before.rows.push(row);
  }
  return Object.fromEntries([...tables].map(([table, { head, rows }]) => [table, { ...head, rows }]));
}

/** What an import that is over no longer needs. */
export async function forgetTables(db: Store['db'] | Tx, id: number): Promise<void> {
  await db.deleteFrom('import_tables').where('import', '=', id).execute();
}

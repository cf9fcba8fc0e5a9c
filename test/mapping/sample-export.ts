/** The sample export and its mapping, read for tests. */

import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Table } from '../../engine/mapping/tables.ts';

/** One file of `samples/crm` as a table; lines count from 1, the header is line 1. */
export function sampleTable(file: string): Table {
  const text = readFileSync(new URL(`../../samples/crm/${file}`, import.meta.url), 'utf8');
  const records: Record<string, string>[] = parse(text, { columns: true, bom: true });
  const rows = records.map((cells, index) => ({ line: index + 2, cells }));
  return { file, columns: Object.keys(records[0] ?? {}), rows };
}

export function sampleFiles(): Record<string, Table> {
  return {
    deals: sampleTable('sales_pipeline.csv'),
    products: sampleTable('products.csv'),
    team: sampleTable('sales_teams.csv'),
  };
}

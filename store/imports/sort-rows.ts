/** Sorts rows of an export before anything is written: bad, known from an earlier import, or new. */

import type { GoodRow, MappedRow, SkipReason } from '../../engine/mapping/map-row.ts';
import type { RowProblem } from '../../engine/mapping/tables.ts';
import { canonicalText, sha256 } from '../hash.ts';
import type { Store } from '../open-store.ts';

/** Whose rows: an id means the same row only within one source. */
export interface RowOrigin {
  readonly mapping: string;
  readonly source: string;
}

export type SortedRow =
  | { readonly is: 'skipped'; readonly why: SkipReason }
  | { readonly is: 'bad'; readonly problems: readonly RowProblem[] }
  | { readonly is: 'unchanged' | 'changed' | 'new'; readonly row: GoodRow };

/** In the order given. */
export async function sortRows(
  store: Store,
  origin: RowOrigin,
  rows: readonly MappedRow[],
): Promise<readonly SortedRow[]> {
  const ids = rows.flatMap((row) => (row.ok ? row.external_id : []));
  const known = await knownDigests(store, origin, ids);
  return rows.map((row): SortedRow => {
    if (!row.ok) {
      return row.skipped === undefined ? { is: 'bad', problems: row.problems } : { is: 'skipped', why: row.skipped };
    }
    const digest = known.get(row.external_id);
    if (digest === undefined) return { is: 'new', row };
    return { is: digest === rowDigest(row) ? 'unchanged' : 'changed', row };
  });
}

/** Over what the row says; the day on which its debts fall due comes from the day of the import. */
export function rowDigest({ open }: GoodRow): string {
  const { debt_due_on: _due, ...imported } = open.imported ?? { source: '' };
  return sha256(canonicalText({ ...open, imported }));
}

async function knownDigests(
  { db }: Store,
  { mapping, source }: RowOrigin,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .selectFrom('import_rows')
    .select(['external_id', 'digest'])
    .where('mapping', '=', mapping)
    .where('source', '=', source)
    .where((eb) => eb('external_id', '=', eb.fn.any(eb.val([...ids]))))
    .execute();
  return new Map(found.map((row) => [row.external_id, row.digest]));
}

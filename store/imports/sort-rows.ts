/** Sorts rows of an export before anything is written: bad, passed over, known from an earlier import, or new. */

import { sql } from 'kysely';
import { canonicalText } from '../../engine/canonical-text.ts';
import { HELD_FLAG } from '../../engine/case/shown-flags.ts';
import type { GoodRow, MappedRow, SkipReason } from '../../engine/mapping/map-row.ts';
import type { RowProblem } from '../../engine/mapping/tables.ts';
import type { Mapping } from '../../engine/playbook/mapping.ts';
import { sha256 } from '../hash.ts';
import type { Store } from '../open-store.ts';
import { contentOf, type PlannedChange, plannedChange, type RowContent, type Standing } from './row-change.ts';

/** Whose rows: an id means the same row only within one source. */
export interface RowOrigin {
  readonly mapping: Mapping;
  readonly source: string;
}

export type SortedRow =
  | { readonly is: 'skipped'; readonly why: SkipReason }
  | { readonly is: 'bad'; readonly problems: readonly RowProblem[] }
  | { readonly is: 'unchanged' | 'new'; readonly row: GoodRow }
  | { readonly is: 'changed'; readonly row: GoodRow; readonly change?: PlannedChange };

/** In the order given. */
export async function sortRows(
  store: Store,
  origin: RowOrigin,
  rows: readonly MappedRow[],
): Promise<readonly SortedRow[]> {
  const ids = rows.flatMap((row) => (row.ok ? row.external_id : []));
  const known = await knownRows(store, origin, ids);
  return rows.map((row): SortedRow => {
    if (!row.ok) {
      return row.skipped === undefined ? { is: 'bad', problems: row.problems } : { is: 'skipped', why: row.skipped };
    }
    const before = known.get(row.external_id);
    if (before === undefined) return { is: 'new', row };
    if (before.digest === rowDigest(row)) return { is: 'unchanged', row };
    // Of rows from before it was kept nobody knows what they said: they are told, and left as they are.
    const { said, standing } = before;
    const change = said === null ? undefined : plannedChange(origin.mapping, said, row, standing);
    return { is: 'changed', row, ...(change !== undefined && { change }) };
  });
}

/** Over what the row says. */
export function rowDigest(row: GoodRow): string {
  return sha256(canonicalText(contentOf(row)));
}

interface KnownRow {
  readonly digest: string;
  readonly said: RowContent | null;
  readonly standing: Standing;
}

async function knownRows(
  { db }: Store,
  { mapping, source }: RowOrigin,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ external_id: string; digest: string; said: RowContent | null } & Standing>`
    select r.external_id, r.digest, r.said, c.id as case, c.stage, c.status, c.finished,
      ${HELD_FLAG} = any(c.flags) as held
    from import_rows r join cases c on c.id = r.case_id
    where r.mapping = ${mapping.mapping} and r.source = ${source} and r.external_id = any(${ids}::text[])`.execute(db);
  return new Map(
    rows.map(({ external_id, digest, said, ...standing }) => [external_id, { digest, said, standing }] as const),
  );
}

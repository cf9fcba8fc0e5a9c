/** Lists cases for screens and reports, page by page. */

import type { Selectable } from 'kysely';
import type { Instant } from '../engine/time/instant.ts';
import type { Store } from './open-store.ts';
import type { CasesTable } from './schema.ts';

export type CaseListRow = Selectable<CasesTable>;

export interface CaseFilter {
  /** Cases of these people only: one owner, a manager's team, all that somebody may see. */
  readonly owners?: readonly string[];
  readonly pipeline?: string;
  readonly stage?: string;
  readonly status?: CasesTable['status'];
  readonly finished?: boolean;
  /** True: those in a stall, the longest first. */
  readonly stalled?: boolean;
  /** True: those whose ladder waits for a decision. */
  readonly demanded?: boolean;
  /** True: those with evidence that waits for acceptance. */
  readonly to_accept?: boolean;
  /** Those that owe evidence which fell due before this day, `yyyy-MM-dd`. */
  readonly debts_due_before?: string;
  readonly flag?: string;
  /** Those that this case started. */
  readonly parent?: string;
  /** Those whose title holds this, whatever its capitals. */
  readonly title_contains?: string;
}

/** Where a page ended: the value it is sorted by, and the id of its last case. */
export interface CaseCursor {
  readonly at: Instant;
  readonly id: string;
}

export interface CasePage {
  readonly cases: readonly CaseListRow[];
  /** For the next page; absent on the last. */
  readonly next?: CaseCursor;
}

/** Newest opened first; stalled ones by the start of their stall. `limit` is at least 1. */
export async function listCases(
  store: Store,
  filter: CaseFilter,
  limit: number,
  after?: CaseCursor,
): Promise<CasePage> {
  const column = filter.stalled === true ? 'stalled_since' : 'opened_at';
  const direction = filter.stalled === true ? 'asc' : 'desc';
  let query = filtered(store, filter)
    .selectAll()
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(limit + 1);
  if (after !== undefined) {
    query = query.where((eb) =>
      eb(eb.refTuple(column, 'id'), direction === 'asc' ? '>' : '<', eb.tuple(after.at, after.id)),
    );
  }
  const rows = await query.execute();
  const cases = rows.slice(0, limit);
  const last = cases.at(-1);
  const at = last?.[column];
  return rows.length > limit && last !== undefined && typeof at === 'string'
    ? { cases, next: { at, id: last.id } }
    : { cases };
}

/** How many cases there are of this kind. */
export async function countCases(store: Store, filter: CaseFilter): Promise<number> {
  const row = await filtered(store, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

function filtered(store: Store, filter: CaseFilter) {
  let query = store.db.selectFrom('cases');
  const { owners, pipeline, stage, status, finished, flag, debts_due_before, parent, title_contains } = filter;
  if (owners !== undefined) query = query.where((eb) => eb('owner', '=', eb.fn.any(eb.val([...owners]))));
  if (pipeline !== undefined) query = query.where('pipeline', '=', pipeline);
  if (stage !== undefined) query = query.where('stage', '=', stage);
  if (status !== undefined) query = query.where('status', '=', status);
  if (finished !== undefined) query = query.where('finished', '=', finished);
  if (parent !== undefined) query = query.where('parent', '=', parent);
  if (title_contains !== undefined) query = query.where('title', 'ilike', `%${literally(title_contains)}%`);
  if (flag !== undefined) query = query.where((eb) => eb(eb.val(flag), '=', eb.fn.any('flags')));
  if (debts_due_before !== undefined) query = query.where('debt_due_on', '<', debts_due_before);
  if (filter.stalled === true) query = query.where('stalled_since', 'is not', null).where('finished', '=', false);
  if (filter.stalled === false) query = query.where('stalled_since', 'is', null);
  if (filter.demanded !== undefined) query = query.where('demanded', '=', filter.demanded);
  if (filter.to_accept !== undefined) query = query.where('to_accept', filter.to_accept ? '>' : '=', 0);
  return query;
}

/** Without the meaning that `like` gives to `%`, `_` and the backslash. */
function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** A cursor as one opaque word for an address. */
export function cursorText(cursor: CaseCursor): string {
  return Buffer.from(JSON.stringify([cursor.at, cursor.id]), 'utf8').toString('base64url');
}

/** Reads it back; absent when it is not one of ours. */
export function parseCursor(text: string): CaseCursor | undefined {
  try {
    const raw: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(raw)) return undefined;
    const [at, id]: unknown[] = raw;
    const isOurs =
      typeof at === 'string' && typeof id === 'string' && !id.includes('\0') && !Number.isNaN(Date.parse(at));
    return isOurs ? { at: new Date(at).toISOString(), id } : undefined;
  } catch {
    return undefined;
  }
}

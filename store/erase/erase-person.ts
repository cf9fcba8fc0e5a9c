/** Carries out an erasure that stands in the person's journal: texts, states, lists and messages, entity by entity. */

import { sql } from 'kysely';
import { ERASED } from '../../engine/personal.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { Store } from '../open-store.ts';
import { eraseFileNames, fileNamesOf } from './file-names.ts';
import { namer, namesOf, type Reach, reachOf, type TextRow, textRows } from './found-texts.ts';
import { rebuildEntity } from './rebuild-entity.ts';

/** Texts that concern the person and are there still, by how they do. */
export type ErasureCounts = Readonly<Record<Reach, number>> & {
  /** Texts of theirs in entries of version 1, which hold them in the chain itself. */
  readonly chained: number;
};

interface Wish {
  readonly person: string;
  readonly written: boolean;
  readonly quoted: boolean;
}

const PAGE = 500;
/** A message on its way may be asked for again for an hour. */
const MESSAGES_KEPT = '1 hour';

/** Erasures under way go on where they stopped; each can be done again. @returns how many are done now. */
export async function resumeErasures(store: Store): Promise<number> {
  const { rows } = await sql<Wish>`select person, written, quoted from erasures where done_at is null`.execute(
    store.db,
  );
  let done = 0;
  for (const wish of rows) if (await erasePerson(store, wish)) done += 1;
  return done;
}

/** What an erasure would find now, and what one already made has left. */
export async function countTexts(store: Store, person: string): Promise<ErasureCounts> {
  const names = await namesOf(store.db, person);
  const counts = { about: 0, written: 0, named: 0, quoted: 0 };
  await eachEntity(store, person, names, async (rows) => {
    for (const reach of rows.flatMap(({ reaches }) => reaches)) if (reach !== undefined) counts[reach] += 1;
  });
  const files = await fileNamesOf(store, person, names);
  counts.written += files.written.length;
  counts.quoted += files.quoted.length;
  const { rows } = await sql<{ chained: number }>`
    select count(*)::integer as chained from journal
    where (kind = 'person' and entity = ${person} or kind = 'case' and actor = ${person}) and text like '%,"v":1}'`.execute(
    store.db,
  );
  return { ...counts, chained: rows[0]?.chained ?? 0 };
}

/** When it was asked for and when it was done; neither: never. */
export async function erasureOf(
  store: Store,
  person: string,
): Promise<{ readonly requested_at?: Instant; readonly done_at?: Instant }> {
  const row = await store.db
    .selectFrom('erasures')
    .select(['requested_at', 'done_at'])
    .where('person', '=', person)
    .executeTakeFirst();
  if (row === undefined) return {};
  return { requested_at: row.requested_at, ...(row.done_at !== null && { done_at: row.done_at }) };
}

/** @returns whether nothing is left to do; messages that may still be on their way are left for later. */
async function erasePerson(store: Store, wish: Wish): Promise<boolean> {
  const { person } = wish;
  const names = await namesOf(store.db, person);
  const isReached = (reach: Reach | undefined): boolean =>
    reach === 'about' ||
    reach === 'named' ||
    (reach === 'written' && wish.written) ||
    (reach === 'quoted' && wish.quoted);
  await eachEntity(store, person, names, async (rows) => {
    const concerned = rows.filter(({ reaches }) => reaches.some(isReached));
    await eraseRows(store, concerned, isReached, person);
  });
  const files = await fileNamesOf(store, person, names);
  if (wish.written) await eraseFileNames(store, files.written);
  if (wish.quoted) await eraseFileNames(store, files.quoted);
  if (await messagesWait(store, person, names)) return false;
  await store.db.transaction().execute(async (tx) => {
    // Last, as the names tell what else to look for.
    await sql`update people set name = ${ERASED}, email = null where person = ${person}`.execute(tx);
    await sql`delete from api_keys where person = ${person}`.execute(tx);
    await sql`update erasures set done_at = clock_timestamp() where person = ${person}`.execute(tx);
  });
  store.known.people = { version: 0, by_id: {} };
  return true;
}

/** A row with how each of its texts concerns the person. */
interface Concerning {
  readonly row: TextRow;
  readonly reaches: readonly (Reach | undefined)[];
}

/** Visits rows of one entity together, as far as they lie on one page. */
async function eachEntity(
  store: Store,
  person: string,
  names: readonly string[],
  visit: (rows: readonly Concerning[]) => Promise<void>,
): Promise<void> {
  const isNamed = namer(names);
  let after: Pick<TextRow, 'kind' | 'entity' | 'seq'> = { kind: 'case', entity: '', seq: 0 };
  for (;;) {
    const rows = await textRows(store.db, person, names, after, PAGE);
    const groups = new Map<string, Concerning[]>();
    for (const row of rows) {
      const reaches = row.texts.map((text) => reachOf(row, text, person, isNamed));
      const key = `${row.kind}/${row.entity}`;
      groups.set(key, [...(groups.get(key) ?? []), { row, reaches }]);
    }
    for (const group of groups.values()) await visit(group);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last;
  }
}

/** One entity at a time, locked as a step locks it, so that no command sees half of it. */
async function eraseRows(
  store: Store,
  rows: readonly Concerning[],
  isReached: (reach: Reach | undefined) => boolean,
  person: string,
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const { kind, entity } = first.row;
  await store.db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = '30s'`.execute(tx);
    await sql`select from entities where kind = ${kind} and id = ${entity} for update`.execute(tx);
    for (const { row, reaches } of rows) {
      const texts = row.texts.map((text, index) => (isReached(reaches[index]) ? { erased: person } : text));
      await sql`update personal_texts set texts = ${JSON.stringify(texts)}::json
        where kind = ${kind} and entity = ${entity} and seq = ${row.seq}`.execute(tx);
    }
    await rebuildEntity(tx, kind, entity);
  });
}

/**
 * Messages are worded from the erased texts. Those to the person go, those that have arrived a while ago too.
 * @returns whether some may still be on their way
 */
async function messagesWait(store: Store, person: string, names: readonly string[]): Promise<boolean> {
  const patterns = names.map(
    (name) =>
      `%${JSON.stringify(name)
        .slice(1, -1)
        .replace(/[\\%_]/gu, '\\$&')}%`,
  );
  const to = `person/${person}`;
  await sql`delete from outbox where (kind = 'person' and entity = ${person} or target = ${to}
      or payload::text like any(${patterns}::text[]))
    and (target = 'mail' and kind = 'person' and entity = ${person}
      or delivered_at < clock_timestamp() - ${MESSAGES_KEPT}::interval)`.execute(store.db);
  const { rows } = await sql`select from outbox where kind = 'person' and entity = ${person} or target = ${to}
    or payload::text like any(${patterns}::text[]) limit 1`.execute(store.db);
  return rows.length > 0;
}

/** Publishes playbook sets: immutable, found by hash; new cases are opened by the current one. */

import { sql } from 'kysely';
import { canonicalText } from '../engine/canonical-text.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { Instant } from '../engine/time/instant.ts';
import { sha256 } from './hash.ts';
import { loadSet } from './known.ts';
import type { Store, Tx } from './open-store.ts';

export interface Published {
  readonly hash: string;
  /** False: this very set is the current one already. */
  readonly changed: boolean;
  /** Pipelines against those of the set before: judged by other rules from now on (for new cases), new, or gone. */
  readonly pipelines: {
    readonly changed: readonly string[];
    readonly added: readonly string[];
    readonly removed: readonly string[];
  };
}

/** Path → text of the playbook files the set was compiled from. */
export type Sources = Readonly<Record<string, string>>;

/** Makes the set the current one; publishing the same set again changes nothing. Running cases keep the rules they are pinned to. */
export function publish(store: Store, set: PlaybookSet, sources: Sources, by: string): Promise<Published> {
  const hash = sha256(canonicalText(set));
  return store.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('publish', 0))`.execute(tx);
    const before = await currentSet(store, tx);
    if (before?.hash === hash) return { hash, changed: false, pipelines: { changed: [], added: [], removed: [] } };
    await putSet(tx, hash, set, sources, by);
    if (before !== undefined && movesClocks(before.set, set)) await wakeAllWhoWait(tx);
    return { hash, changed: true, pipelines: difference(before?.set, set) };
  });
}

/** The current set, the same object while it stays current; absent before the first one is published. */
export function currentPlaybook(store: Store): Promise<CurrentSet | undefined> {
  return currentSet(store, store.db);
}

export interface CurrentSet {
  readonly hash: string;
  readonly set: PlaybookSet;
}

export interface PublishedSet {
  readonly hash: string;
  readonly published_at: Instant;
  readonly published_by: string;
  readonly current: boolean;
}

/** All sets ever published, newest first. */
export async function listSets(store: Store): Promise<readonly PublishedSet[]> {
  const { rows } = await sql<PublishedSet>`
    select s.hash, s.published_at, s.published_by, c.hash is not null as current
    from playbook_sets s left join current_set c on c.hash = s.hash order by s.published_at desc, s.hash`.execute(
    store.db,
  );
  return rows;
}

/** The files of a published set as their authors wrote them. */
export async function sourcesOf(store: Store, hash: string): Promise<Sources | undefined> {
  const row = await store.db.selectFrom('playbook_sets').select('sources').where('hash', '=', hash).executeTakeFirst();
  // Written by `publish`.
  return row?.sources as Sources | undefined;
}

async function currentSet({ known }: Store, db: Store['db']): Promise<CurrentSet | undefined> {
  const row = await db.selectFrom('current_set').select('hash').executeTakeFirst();
  return row === undefined ? undefined : { hash: row.hash, set: await loadSet(db, known, row.hash) };
}

/** Deadlines are counted in calendars, and digests by posts: always the current ones. */
function movesClocks(before: PlaybookSet, now: PlaybookSet): boolean {
  const clocks = ({ calendars, roles }: PlaybookSet): string => canonicalText({ calendars, roles: roles ?? null });
  return clocks(before) !== clocks(now);
}

/** What waits for a time may now be due earlier. It counts as overdue: the sweep has it look again, which sets it right. */
async function wakeAllWhoWait(tx: Tx): Promise<void> {
  await sql`update entities set wake_at = now() where wake_at > now()`.execute(tx);
}

async function putSet(tx: Tx, hash: string, set: PlaybookSet, sources: Sources, by: string): Promise<void> {
  await tx
    .insertInto('playbook_sets')
    .values({
      hash,
      language: set.language,
      sources: JSON.stringify(sources),
      compiled: JSON.stringify(set),
      published_by: by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const rules of Object.values(set.rules)) {
    // The hash leaves wording out: the same rules take the newest wording.
    await tx
      .insertInto('rules')
      .values({ hash: rules.hash, pipeline: rules.pipeline.pipeline, compiled: JSON.stringify(rules) })
      .onConflict((conflict) =>
        conflict.column('hash').doUpdateSet((eb) => ({ compiled: eb.ref('excluded.compiled') })),
      )
      .execute();
  }
  await tx
    .insertInto('current_set')
    .values({ hash })
    .onConflict((conflict) => conflict.column('one').doUpdateSet({ hash }))
    .execute();
}

function difference(before: PlaybookSet | undefined, now: PlaybookSet): Published['pipelines'] {
  const old = before?.rules ?? {};
  const names = Object.keys(now.rules).sort();
  return {
    changed: names.filter((name) => old[name] !== undefined && old[name].hash !== now.rules[name]?.hash),
    added: names.filter((name) => old[name] === undefined),
    removed: Object.keys(old)
      .filter((name) => now.rules[name] === undefined)
      .sort(),
  };
}

/** A backup brings back everything as it was, and what cannot be brought back is refused with what to do. */

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backUp } from '../../store/backup/backup.ts';
import type { Manifest } from '../../store/backup/manifest.ts';
import { BackupRefusal } from '../../store/backup/refusal.ts';
import { restoreBackup } from '../../store/backup/restore.ts';
import { feedEnd, feedStart, readFeed } from '../../store/feed.ts';
import { caseFiles, noteCaseFile } from '../../store/files/case-files.ts';
import { type FileStore, openFileStore } from '../../store/files/file-store.ts';
import { receiveFile } from '../../store/files/receive-file.ts';
import { inboxOf } from '../../store/inbox.ts';
import { migrateTo } from '../../store/migrate.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import { inPieces, PDF, PNG } from '../files/samples.ts';
import { freshDatabase } from '../fresh-database.ts';
import { eventually } from '../workers/eventually.ts';
import { temporaryFolder } from '../workers/temporary-folder.ts';
import { open, send, smallStore, storeUrl } from './small-store.ts';

let store: Store;

/** Every character that has ever broken a line-based format. */
const TEXT = 'line\nfeed\r\u2028\u2029 "quoted" \\ back\\nslash \t 绝密 👩‍👩‍👧 é';

beforeAll(async () => {
  store = await smallStore();
  await open(store, 'c1', '第一 deal');
  for (let index = 0; index < 30; index += 1) {
    const facts = { pain: `${index} ${TEXT}`, amount: '20万 CNY' };
    await send(store, 'case', 'c1', { id: `k${index}`, actor: 'ann', body: { command: 'set_facts', facts } });
  }
});
afterAll(() => store.close());

async function rowsIn(one: Store): Promise<Record<string, unknown[]>> {
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname not like 'kysely%' and relname <> 'installation' order by 1`.execute(one.db);
  const read = tables.rows.map(async ({ name }): Promise<[string, unknown[]]> => {
    const rows = await sql<{
      row: string;
    }>`select (to_jsonb(r) - 'tx')::text as row from ${sql.table(name)} r order by 1`.execute(one.db);
    return [name, rows.rows.map(({ row }) => row)];
  });
  return Object.fromEntries(await Promise.all(read));
}

async function reasonOf(work: Promise<unknown>): Promise<BackupRefusal> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof BackupRefusal)) throw new Error(`no refusal: ${String(error)}`);
  expect(error.hint.en.length).toBeGreaterThan(10);
  return error;
}

async function changed(folder: string, change: (manifest: Manifest) => unknown): Promise<void> {
  const path = join(folder, 'manifest.json');
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));
}

it('every row of every table comes back, the journal whole, the feed in its order and another one', async () => {
  const folder = join(await temporaryFolder(), 'backup');
  const before = await rowsIn(store);
  const manifest = await backUp(storeUrl(store), folder);
  expect(manifest.tables.map(({ table }) => table).sort()).toEqual([...Object.keys(before), 'installation'].sort());
  const target = await freshDatabase();
  await restoreBackup(target, folder);
  const restored = openStore({ databaseUrl: target, allowTimeTravel: true });
  try {
    expect(await rowsIn(restored)).toEqual(before);
    await verifyJournal(restored, { report: (one) => expect.fail(JSON.stringify(one)) });
    const order = async (one: Store) => {
      const end = await feedEnd(one);
      return (await readFeed(one, feedStart(end), end, {}, 500)).entries.map(({ hash }) => hash);
    };
    const inFeed = await order(store);
    expect(await order(restored)).toEqual(inFeed);
    expect((await feedEnd(restored)).feed).not.toBe((await feedEnd(store)).feed);
    // Life goes on there, and what comes is last in the feed.
    const reply = await send(restored, 'case', 'c1', { id: 'new', actor: 'ann', body: { command: 'advance' } });
    expect(reply.outcome).toBe('refused');
    // Told once no transaction on the server is older, those of other databases among them.
    const told = await eventually('the refusal is in the feed', async () => {
      const now = await order(restored);
      return now.length > inFeed.length && now;
    });
    expect(told).toEqual([...inFeed, expect.any(String)]);
    expect(await inboxOf(restored, 'bob', { limit: 5 })).toEqual(await inboxOf(store, 'bob', { limit: 5 }));
  } finally {
    await restored.close();
  }
});

it('an older schema is restored as it was and then brought to today’s', async () => {
  const old = await freshDatabase();
  await migrateTo(old, '0001-foundation');
  const there = openStore({ databaseUrl: old });
  await sql`insert into journal (kind, entity, seq, command_id, actor, recorded_at, text, hash, prev_hash)
    values ('person', 'x', 1, 'c', 'system', now(), '{}', 'h', '')`.execute(there.db);
  await there.close();
  const folder = join(await temporaryFolder(), 'backup');
  await backUp(old, folder);
  const target = await freshDatabase();
  await restoreBackup(target, folder);
  const restored = openStore({ databaseUrl: target });
  const { rows } = await sql<{ text: string; tx: number }>`select text, tx from journal`.execute(restored.db);
  await restored.close();
  expect(rows).toEqual([{ text: '{}', tx: expect.any(Number) }]);
});

it('a backup of a newer Playrail is refused with what to do, and nothing is touched', async () => {
  const folder = join(await temporaryFolder(), 'backup');
  await backUp(storeUrl(store), folder);
  const target = await freshDatabase();
  for (const newer of [
    (one: Manifest) => ({ ...one, form: 3, anything: 'new' }),
    (one: Manifest) => ({ ...one, migrations: [...one.migrations, '9999-from-the-future'] }),
    (one: Manifest) => ({ ...one, entry_version: 99 }),
  ]) {
    const was = await readFile(join(folder, 'manifest.json'), 'utf8');
    await changed(folder, newer);
    const refusal = await reasonOf(restoreBackup(target, folder));
    expect(refusal.code).toBe('newer-version');
    expect(refusal.hint.zh).toContain('什么都没有改动');
    await writeFile(join(folder, 'manifest.json'), was);
  }
  const empty = openStore({ databaseUrl: target });
  const { rows } = await sql<{ has: boolean }>`select to_regclass('entities') is not null as has`.execute(empty.db);
  await empty.close();
  expect(rows).toEqual([{ has: false }]);
});

it('a damaged, cut off or missing file is refused', async () => {
  const folder = join(await temporaryFolder(), 'backup');
  await backUp(storeUrl(store), folder);
  const target = await freshDatabase();
  const path = join(folder, 'journal.jsonl.gz');
  const whole = await readFile(path);
  const flipped = Buffer.from(whole);
  flipped[whole.length >> 1] = (flipped[whole.length >> 1] ?? 0) ^ 1;
  for (const broken of [flipped, whole.subarray(0, whole.length - 20)]) {
    await writeFile(path, broken);
    expect(await reasonOf(restoreBackup(target, folder))).toMatchObject({ code: 'damaged-file' });
  }
  await rm(path);
  expect(await reasonOf(restoreBackup(target, folder))).toMatchObject({ code: 'damaged-file' });
  await rm(join(folder, 'manifest.json'));
  expect(await reasonOf(restoreBackup(target, folder))).toMatchObject({ code: 'not-a-backup' });
});

it('neither a folder nor a database that holds something is written over, unless that was said', async () => {
  const folder = join(await temporaryFolder(), 'backup');
  await backUp(storeUrl(store), folder);
  const names = await readdir(folder);
  expect(await reasonOf(backUp(storeUrl(store), folder))).toMatchObject({ code: 'folder-not-empty' });
  expect(await readdir(folder)).toEqual(names);
  // Somebody works with it: a connection is open.
  await store.db
    .connection()
    .execute(async () =>
      expect(await reasonOf(restoreBackup(storeUrl(store), folder))).toMatchObject({ code: 'target-in-use' }),
    );
  const target = await freshDatabase();
  await restoreBackup(target, folder);
  expect(await reasonOf(restoreBackup(target, folder))).toMatchObject({ code: 'target-not-empty' });
  expect((await restoreBackup(target, folder, { replace: true })).tables.length).toBeGreaterThan(10);
  expect(await reasonOf(backUp(await freshDatabase(), join(folder, '..', 'other')))).toMatchObject({
    code: 'nothing-to-back-up',
  });
});

it('uploaded files come along, each once and proven, and go where they belong', async () => {
  const folder = join(await temporaryFolder(), 'backup');
  const kept = openFileStore({ kind: 'folder', folder: await temporaryFolder() });
  const limits = { maxBytes: 10_000, endings: ['pdf', 'png'] };
  const contract = await receiveFile(kept, inPieces(PDF), { name: 'contract.pdf', type: '' }, limits);
  const lost = await receiveFile(kept, inPieces(PNG), { name: 'lost.png', type: '' }, limits);
  for (const one of ['c1', 'c2']) await noteCaseFile(store, one, contract, 'ann');
  await noteCaseFile(store, 'c1', lost, 'ann');
  await writeFile(join(kept.incoming, '..', lost.sha256.slice(0, 2), lost.sha256), 'something else');
  const manifest = await backUp(storeUrl(store), folder, { files: kept });
  expect(manifest.files).toEqual({ bytes: 'included', files: 1, missing: [lost.sha256] });

  const target = await freshDatabase();
  const there = openFileStore({ kind: 'folder', folder: await temporaryFolder() });
  const copy = join(folder, 'files', contract.sha256.slice(0, 2), contract.sha256);
  await writeFile(copy, 'something else');
  expect(await reasonOf(restoreBackup(target, folder, { files: there }))).toMatchObject({ code: 'damaged-file' });
  expect(await there.has(contract.sha256)).toBe(false);
  await writeFile(copy, PDF);
  await restoreBackup(target, folder, { files: there });
  const bytes = await there.read(contract.sha256);
  expect(bytes && (await buffer(bytes))).toEqual(PDF);
  const restored = openStore({ databaseUrl: target });
  expect(await caseFiles(restored, 'c2')).toEqual(await caseFiles(store, 'c2'));
  await restored.close();

  // In a bucket they have copies of their own.
  const bucket = { kind: 's3', incoming: '' } as FileStore;
  const without = join(await temporaryFolder(), 'backup');
  expect((await backUp(storeUrl(store), without, { files: bucket })).files).toEqual({
    bytes: 'elsewhere',
    files: 2,
    missing: [],
  });
});

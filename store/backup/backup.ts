/** Writes all that must be backed up into a folder: every table of one moment, one compressed file each. */

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import type { FileStore } from '../files/file-store.ts';
import { ENTRY_VERSION } from '../journal-entry.ts';
import { backUpFiles, FILES_FOLDER } from './files.ts';
import { BACKUP_FORM, type BackedFiles, type BackedTable, MANIFEST_FILE, type Manifest } from './manifest.ts';
import { BackupRefusal } from './refusal.ts';
import { type TableShape, tablesOf } from './tables.ts';

/** Rows fetched at a time are about this much, and never more than so many. */
const FETCH_BYTES = 8 * 1024 * 1024;
const MOST_ROWS = 2_000;

export interface BackupProgress {
  readonly table: string;
  readonly rows: number;
}

export interface BackupOptions {
  /** Where uploaded files lie; absent: the database alone is backed up. */
  readonly files?: FileStore;
  readonly progress?: (progress: BackupProgress) => void;
}

/**
 * Everything is read in one snapshot, beside the work. The folder is made and must be new or empty; the manifest is
 * written last, so that a backup that was cut off is no backup.
 *
 * @throws BackupRefusal for a folder that holds something, or a database without our schema
 */
export async function backUp(
  databaseUrl: string,
  folder: string,
  { files, progress = () => undefined }: BackupOptions = {},
): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new BackupRefusal('folder-not-empty', folder);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'playrail backup' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read, read only');
    await client.query('set local statement_timeout = 0');
    await client.query(`set local timezone = 'UTC'`);
    const found = await client.query(`select to_regclass('kysely_migration') is not null as has`);
    if (found.rows[0]?.has !== true) throw new BackupRefusal('nothing-to-back-up', databaseName(databaseUrl));
    const migrations = await client.query<{ name: string }>('select name from kysely_migration order by name');
    const tables: BackedTable[] = [];
    for (const table of await tablesOf(client)) tables.push(await writeTable(client, folder, table, progress));
    const backed = files && (await filesOf(client, tables, files, folder, progress));
    const end = await client.query<{ end: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as end');
    const version = await client.query<{ server_version: string }>('show server_version');
    const manifest: Manifest = {
      form: BACKUP_FORM,
      made_at: new Date().toISOString(),
      postgres: version.rows[0]?.server_version ?? '',
      migrations: migrations.rows.map(({ name }) => name),
      entry_version: ENTRY_VERSION,
      feed_end: Number(end.rows[0]?.end),
      tables,
      ...(backed && { files: backed }),
    };
    await writeManifest(folder, manifest);
    return manifest;
  } catch (error) {
    // What is half written must not be taken for a backup, nor stand in the way of the next attempt.
    if (!(error instanceof BackupRefusal)) await emptyOut(folder);
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function databaseName(databaseUrl: string): string {
  return new URL(databaseUrl).pathname.slice(1);
}

async function emptyOut(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    await rm(join(folder, name), { force: true, recursive: true });
}

/** A database from before files has none. */
async function filesOf(
  client: pg.ClientBase,
  tables: readonly BackedTable[],
  store: FileStore,
  folder: string,
  progress: (progress: BackupProgress) => void,
): Promise<BackedFiles | undefined> {
  if (!tables.some(({ table }) => table === 'case_files')) return undefined;
  const { rows } = await client.query<{ sha256: string }>('select distinct sha256 from case_files order by sha256');
  const hashes = rows.map(({ sha256 }) => sha256);
  return backUpFiles(store, hashes, folder, (done) => progress({ table: FILES_FOLDER, rows: done }));
}

async function writeTable(
  client: pg.ClientBase,
  folder: string,
  { table }: TableShape,
  progress: (progress: BackupProgress) => void,
): Promise<BackedTable> {
  const file = `${table}.jsonl.gz`;
  const hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  // A row as PostgreSQL writes it: texts of `json` columns come back to the byte.
  const step = await rowsAtATime(client, table);
  async function* lines(): AsyncGenerator<string> {
    await client.query(`declare rows no scroll cursor for select row_to_json(r)::text as row from ${table} r`);
    for (;;) {
      const page = await client.query<{ row: string }>(`fetch ${step} from rows`);
      if (page.rows.length === 0) break;
      rows += page.rows.length;
      yield page.rows.map(({ row }) => `${row.replaceAll('\n', ' ')}\n`).join('');
      progress({ table, rows });
    }
    await client.query('close rows');
  }
  await pipeline(lines, createGzip({ level: 3 }), counted, createWriteStream(join(folder, file), { mode: 0o600 }));
  await syncFile(join(folder, file));
  return { table, file, rows, bytes, sha256: hash.digest('hex') };
}

/** Files of imports are megabytes a row, entries of the journal some hundred bytes. */
async function rowsAtATime(client: pg.ClientBase, table: string): Promise<number> {
  const { rows } = await client.query<{ largest: number | null }>(
    `select max(octet_length(r::text)) as largest from (select * from ${table} limit 10000) r`,
  );
  return Math.max(1, Math.min(MOST_ROWS, Math.floor(FETCH_BYTES / (rows[0]?.largest ?? 1))));
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const part = join(folder, `${MANIFEST_FILE}.part`);
  await writeFile(part, `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });
  await syncFile(part);
  await rename(part, join(folder, MANIFEST_FILE));
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}

/** Brings a backup back: checked whole before anything is touched, filled in one transaction, then brought to today's schema. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { z } from 'zod';
import type { FileStore } from '../files/file-store.ts';
import { ENTRY_VERSION } from '../journal-entry.ts';
import { knownMigrations, migrate, migrateTo } from '../migrate.ts';
import type { BackupProgress } from './backup.ts';
import { type Content, checkFiles, FILES_FOLDER, restoreFiles } from './files.ts';
import { BACKUP_FORM, type BackedTable, formShape, MANIFEST_FILE, type Manifest, manifestShape } from './manifest.ts';
import { BackupRefusal } from './refusal.ts';
import { type TableShape, tablesOf } from './tables.ts';

/** Rows of one insert, and how long they may be together. */
const MOST_ROWS = 500;
const MOST_LENGTH = 8 * 1024 * 1024;

/** A backup that is whole. */
export interface CheckedBackup {
  readonly manifest: Manifest;
  /** Of uploaded files. */
  readonly contents: Awaited<ReturnType<typeof contentsIn>>;
}

export interface RestoreOptions {
  /** As `readBackup` gave it; absent: the backup is read and checked first. */
  readonly checked?: CheckedBackup;
  /** All that is in the database is given up. */
  readonly replace?: boolean;
  /** Where uploaded files go; absent: the database alone is restored. */
  readonly files?: FileStore;
  readonly progress?: (progress: BackupProgress) => void;
}

/**
 * The feed of events begins anew: positions from before mean nothing in this database.
 *
 * @throws BackupRefusal; nothing was changed then
 */
export async function restoreBackup(
  databaseUrl: string,
  folder: string,
  { checked, replace = false, files, progress = () => undefined }: RestoreOptions = {},
): Promise<Manifest> {
  const { manifest, contents } = checked ?? (await readBackup(folder));
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'playrail restore' });
  await client.connect();
  try {
    await checkTarget(client, databaseUrl, replace);
    // Before the database names them; more than it names does no harm.
    if (files !== undefined) {
      await restoreFiles(files, contents, folder, (rows) => progress({ table: FILES_FOLDER, rows }));
    }
    if (replace) await clearSchema(client);
    await migrateTo(databaseUrl, manifest.migrations.at(-1) ?? '');
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    const shapes = new Map((await tablesOf(client)).map((shape) => [shape.table, shape]));
    await client.query(`truncate ${[...shapes.keys()].join(', ')}`);
    for (const table of manifest.tables)
      await fill({ client, folder, manifest, progress }, table, shapes.get(table.table));
    if (shapes.has('installation')) await client.query('update installation set feed = gen_random_uuid()::text');
    await client.query('commit');
    await client.query('analyze');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
  await migrate(databaseUrl);
  return manifest;
}

/** Every file of it is checked against what the backup says of itself. @throws BackupRefusal */
export async function readBackup(folder: string): Promise<CheckedBackup> {
  const manifest = await readManifest(folder);
  for (const table of manifest.tables) await checkFile(folder, table);
  const contents = await contentsIn(folder, manifest);
  await checkFiles(contents, folder);
  return { manifest, contents };
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) throw new BackupRefusal('not-a-backup', folder);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new BackupRefusal('damaged-file', MANIFEST_FILE);
  }
  const form = formShape.safeParse(raw);
  if (form.success && form.data.form > BACKUP_FORM) throw new BackupRefusal('newer-version', `form ${form.data.form}`);
  const parsed = manifestShape.safeParse(raw);
  if (!parsed.success) throw new BackupRefusal('damaged-file', MANIFEST_FILE);
  const { migrations, entry_version } = parsed.data;
  const unknown = migrations.find((name) => !knownMigrations().includes(name));
  if (unknown !== undefined) throw new BackupRefusal('newer-version', unknown);
  if (entry_version > ENTRY_VERSION) throw new BackupRefusal('newer-version', `journal entries ${entry_version}`);
  return parsed.data;
}

async function checkFile(folder: string, { file, sha256, bytes }: BackedTable): Promise<void> {
  const hash = createHash('sha256');
  let seen = 0;
  try {
    for await (const chunk of createReadStream(join(folder, file))) {
      hash.update(chunk);
      seen += chunk.length;
    }
  } catch {
    throw new BackupRefusal('damaged-file', file);
  }
  if (seen !== bytes || hash.digest('hex') !== sha256) throw new BackupRefusal('damaged-file', file);
}

async function checkTarget(client: pg.Client, databaseUrl: string, replace: boolean): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const used = await client.query(
    `select from pg_stat_activity where datname = current_database() and application_name = 'playrail'`,
  );
  if (used.rows.length > 0) throw new BackupRefusal('target-in-use', name);
  if (replace) return;
  const found = await client.query(`select to_regclass('entities') is not null as has`);
  if (found.rows[0]?.has !== true) return;
  const filled = await client.query(
    'select exists (select from entities) or exists (select from playbook_sets) as filled',
  );
  if (filled.rows[0]?.filled === true) throw new BackupRefusal('target-not-empty', name);
}

/** The backup may be of an older schema: it is made from nothing. */
async function clearSchema(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ schema: string }>('select quote_ident(current_schema()) as schema');
  const schema = rows[0]?.schema ?? 'public';
  await client.query(`drop schema ${schema} cascade; create schema ${schema}`);
}

/** Files that the backup holds the bytes of, each once. */
async function contentsIn(folder: string, { files, tables }: Manifest): Promise<readonly Content[]> {
  const table = tables.find((one) => one.table === 'case_files');
  if (files?.bytes !== 'included' || table === undefined) return [];
  const contents = new Map<string, Content>();
  for await (const line of linesOf(join(folder, table.file))) {
    const { sha256, size } = contentShape.parse(JSON.parse(line));
    if (!files.missing.includes(sha256)) contents.set(sha256, { sha256, size });
  }
  return [...contents.values()];
}

const contentShape = z.looseObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/u), size: z.int() });

interface Filling {
  readonly client: pg.Client;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly progress: (progress: BackupProgress) => void;
}

async function fill(
  { client, folder, manifest, progress }: Filling,
  table: BackedTable,
  shape: TableShape | undefined,
): Promise<void> {
  if (shape === undefined) throw new BackupRefusal('damaged-file', MANIFEST_FILE);
  const columns = shape.columns.map((column) => `"${column}"`);
  // This PostgreSQL counts its transactions from elsewhere: what was restored comes before all that is to come, in its order.
  const values = columns.map((column) => (column === '"tx"' ? `tx - ${manifest.feed_end}` : column));
  const insert = `insert into ${table.table} (${columns.join(', ')}) overriding system value
    select ${values.join(', ')} from json_populate_recordset(null::${table.table}, $1::json)`;
  let batch: string[] = [];
  let length = 0;
  let rows = 0;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    // The texts go through as they are: no number or text is read by us.
    await client.query(insert, [`[${batch.join(',')}]`]);
    rows += batch.length;
    batch = [];
    length = 0;
    progress({ table: table.table, rows });
  };
  for await (const line of linesOf(join(folder, table.file))) {
    batch.push(line);
    length += line.length;
    if (batch.length >= MOST_ROWS || length >= MOST_LENGTH) await flush();
  }
  await flush();
  if (rows !== table.rows) throw new BackupRefusal('damaged-file', table.file);
  for (const column of shape.identities) {
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), (select coalesce(max("${column}"), 0) + 1 from ${table.table}), false)`,
      [table.table, column],
    );
  }
}

/** Only a line feed ends a line: other characters that look like an end of line stand in texts. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  const unzipped = createReadStream(path).pipe(createGunzip()).setEncoding('utf8');
  for await (const chunk of unzipped) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}

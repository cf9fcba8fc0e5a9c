/** What a backup says of itself: which program and schema wrote it, which tables it holds, how each file must be. */

import { z } from 'zod';

/** Raised when the form of backups changes; a program reads those of its own form and older. */
export const BACKUP_FORM = 2;

export const MANIFEST_FILE = 'manifest.json';

const tableShape = z.strictObject({
  table: z.string().regex(/^[a-z_]+$/u),
  file: z.string().regex(/^[a-z_]+\.jsonl\.gz$/u),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Of the file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
});

const filesShape = z.strictObject({
  /** `included`: below `files/` of the backup, each under its hash. `elsewhere`: in a store that has backups of its own. */
  bytes: z.enum(['included', 'elsewhere']),
  files: z.int().nonnegative(),
  /** Hashes of files that cases name and that were not where they should be. */
  missing: z.array(z.string().regex(/^[0-9a-f]{64}$/u)),
});

export const manifestShape = z.strictObject({
  form: z.literal([1, BACKUP_FORM]),
  made_at: z.string(),
  /** Version of PostgreSQL it came from; any later one takes it. */
  postgres: z.string(),
  /** Migrations in force, in order. */
  migrations: z.array(z.string()).min(1),
  /** The newest version of journal entries in it. */
  entry_version: z.int(),
  /** Every transaction seen in it is numbered below this. */
  feed_end: z.int(),
  /** In an order in which they can be filled. */
  tables: z.array(tableShape),
  /** Uploaded files; absent: of a form before they were thought of, or of a database without them. */
  files: filesShape.exactOptional(),
});

export type Manifest = z.output<typeof manifestShape>;
export type BackedFiles = z.output<typeof filesShape>;
export type BackedTable = z.output<typeof tableShape>;

/** Only the form is read of what a newer Playrail wrote. */
export const formShape = z.looseObject({ form: z.int() });

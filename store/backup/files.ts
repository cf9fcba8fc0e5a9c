/** Uploaded files into a backup and back: each once, under its hash, proven on both ways. */

import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileStore } from '../files/file-store.ts';
import { NotTheseBytes, provenBytes } from '../files/proven-bytes.ts';
import type { BackedFiles } from './manifest.ts';
import { BackupRefusal } from './refusal.ts';

/** Below the folder of the backup. */
export const FILES_FOLDER = 'files';

export interface Content {
  readonly sha256: string;
  readonly size: number;
}

export type FilesProgress = (done: number) => void;

/**
 * Copies what cases name. A file that is not where it should be, or not what it should be, is told and keeps nothing else
 * from being backed up. Files in a bucket stay there.
 */
export async function backUpFiles(
  store: FileStore,
  hashes: readonly string[],
  folder: string,
  progress: FilesProgress,
): Promise<BackedFiles> {
  if (store.kind === 's3') return { bytes: 'elsewhere', files: hashes.length, missing: [] };
  const missing: string[] = [];
  for (const [index, sha256] of hashes.entries()) {
    if (!(await copyOut(store, sha256, placeIn(folder, sha256)))) missing.push(sha256);
    progress(index + 1);
  }
  return { bytes: 'included', files: hashes.length - missing.length, missing };
}

async function copyOut(store: FileStore, sha256: string, path: string): Promise<boolean> {
  const bytes = await store.read(sha256);
  if (bytes === undefined) return false;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await pipeline(bytes, provenBytes(sha256), createWriteStream(`${path}.part`, { mode: 0o600 }));
  } catch (error) {
    if (error instanceof NotTheseBytes) return false;
    throw error;
  }
  const file = await open(`${path}.part`, 'r+');
  await file.sync();
  await file.close();
  await rename(`${path}.part`, path);
  return true;
}

/** @throws BackupRefusal for the first that is not there as it was; nothing is touched */
export async function checkFiles(contents: readonly Content[], folder: string): Promise<void> {
  for (const { sha256 } of contents) {
    const path = placeIn(folder, sha256);
    if ((await stat(path).catch(() => undefined)) === undefined) throw damaged(sha256);
    await pipeline(createReadStream(path), provenBytes(sha256), async (bytes: AsyncIterable<Buffer>) => {
      for await (const _ of bytes);
    }).catch((error: unknown) => {
      throw error instanceof NotTheseBytes ? damaged(sha256) : error;
    });
  }
}

/** Those that are there already stay as they are. */
export async function restoreFiles(
  store: FileStore,
  contents: readonly Content[],
  folder: string,
  progress: FilesProgress,
): Promise<void> {
  await mkdir(store.incoming, { recursive: true, mode: 0o700 });
  for (const [index, { sha256, size }] of contents.entries()) {
    const part = join(store.incoming, `${sha256}.part`);
    await pipeline(createReadStream(placeIn(folder, sha256)), createWriteStream(part, { mode: 0o600 }));
    await store.keep(sha256, part, size);
    progress(index + 1);
  }
}

function damaged(sha256: string): BackupRefusal {
  return new BackupRefusal('damaged-file', join(FILES_FOLDER, sha256));
}

function placeIn(folder: string, sha256: string): string {
  return join(folder, FILES_FOLDER, sha256.slice(0, 2), sha256);
}

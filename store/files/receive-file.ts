/** Takes a file as it streams in: to disk, hashed and measured on the way, and kept only when it is what it was said to be. */

import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileValue } from '../../engine/playbook/value.ts';
import { FileRefused } from './file-refused.ts';
import type { FileStore } from './file-store.ts';
import { endingOf, FILE_TYPES, type FileType, HEAD_BYTES, isAnnounced, TAIL_BYTES } from './file-types.ts';

export interface FileLimits {
  readonly maxBytes: number;
  /** Ends of names that are taken, of those in `FILE_TYPES`. */
  readonly endings: readonly string[];
}

export interface AnnouncedFile {
  readonly name: string;
  /** The sender's media type; empty: none. */
  readonly type: string;
  readonly size?: number;
  readonly sha256?: string;
}

/** Uploads that died with their process are let go after this. */
const FORGOTTEN_MS = 60 * 60_000;
const LONGEST_NAME = 200;
/** Control characters, what separates folders, and marks that turn the direction of writing (`gpj.exe`). */
const UNFIT = /[\p{Cc}\p{Cs}/\\\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * Whether a file so announced can be taken at all, before a byte of it is read. Returns its kind.
 * @throws FileRefused
 */
export function kindOfFile({ name, type, size }: AnnouncedFile, { maxBytes, endings }: FileLimits): FileType {
  if (name.trim() !== name || name === '' || name.length > LONGEST_NAME || UNFIT.test(name)) {
    throw new FileRefused('file-name-unfit', String(LONGEST_NAME));
  }
  const ending = endingOf(name) ?? '';
  const kind = endings.includes(ending) && Object.hasOwn(FILE_TYPES, ending) ? FILE_TYPES[ending] : undefined;
  if (kind === undefined) throw new FileRefused('file-type-not-taken', name, endings.join(', '));
  if (!isAnnounced(kind, type)) throw new FileRefused('file-not-as-announced', type, name, kind.type);
  if (size !== undefined && size > maxBytes) throw tooLarge(maxBytes);
  return kind;
}

/**
 * Keeps the file and says what it is known by. Nothing is kept of what is refused, breaks off, or does not fit the disk.
 * @throws FileRefused; else what the source, the disk or the file store had against it
 */
export async function receiveFile(
  files: FileStore,
  source: AsyncIterable<Uint8Array>,
  announced: AnnouncedFile,
  limits: FileLimits,
): Promise<FileValue> {
  const kind = kindOfFile(announced, limits);
  await mkdir(files.incoming, { recursive: true, mode: 0o700 });
  const path = join(files.incoming, `${randomUUID()}.part`);
  try {
    const { sha256, size } = await writePart(path, source, kind, announced.name, limits.maxBytes);
    if (size === 0) throw new FileRefused('file-empty', announced.name);
    if (announced.sha256 !== undefined && announced.sha256 !== sha256) {
      throw new FileRefused('file-digest-differs', announced.sha256, sha256);
    }
    await files.keep(sha256, path, size);
    return { sha256, name: announced.name.normalize('NFC'), size, type: kind.type };
  } finally {
    await rm(path, { force: true });
  }
}

async function writePart(
  path: string,
  source: AsyncIterable<Uint8Array>,
  kind: FileType,
  name: string,
  maxBytes: number,
): Promise<{ readonly sha256: string; readonly size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx+', 0o600);
  try {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      hash.update(chunk);
      await writeWhole(file, chunk);
    }
    const head = await readAt(file, 0, Math.min(HEAD_BYTES, size));
    const tail = await readAt(file, Math.max(0, size - TAIL_BYTES), Math.min(TAIL_BYTES, size));
    if (size > 0 && !kind.isSo(head, tail)) throw new FileRefused('file-not-as-named', name, kind.type);
    // On the disk before anybody is told that it is kept.
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), size };
}

async function writeWhole(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, written, chunk.length - written);
    written += bytesWritten;
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function tooLarge(maxBytes: number): FileRefused {
  return new FileRefused('file-too-large', String(Math.floor(maxBytes / 1024 / 1024)));
}

/** Lets go of what uploads left behind that died with their process. */
export async function clearIncoming({ incoming }: Pick<FileStore, 'incoming'>, now: Date): Promise<void> {
  for (const name of await readdir(incoming).catch(() => [])) {
    const path = join(incoming, name);
    const left = await stat(path).catch(() => undefined);
    if (left !== undefined && now.getTime() - left.mtimeMs > FORGOTTEN_MS) await rm(path, { force: true });
  }
}

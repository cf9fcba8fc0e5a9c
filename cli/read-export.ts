/** Reads the files of a CRM export that a mapping asks for, from a folder or beside the one named. */

import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CliExit, EXIT } from './exit-codes.ts';

/** A file larger than this is not sent. */
const LARGEST_BYTES = 32 * 1024 * 1024;

/**
 * A folder gives every named file it has. A single file stands for the mapping's main file, whatever its own name; the
 * others are looked for beside it.
 * @param names the mapping's files, the main one first
 * @throws CliExit when the path leads nowhere or a file is too large
 */
export async function readExport(path: string, names: readonly string[]): Promise<Record<string, string | Uint8Array>> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new CliExit(EXIT.usage, { zh: `没有 ${path}`, en: `there is no ${path}` });
  const folder = found.isDirectory() ? path : dirname(path);
  const files: Record<string, string | Uint8Array> = {};
  for (const [index, name] of names.entries()) {
    const file = index === 0 && !found.isDirectory() ? path : join(folder, basename(name));
    const content = await readOne(file);
    if (content !== undefined) files[name] = content;
  }
  return files;
}

/** Text where the file is plain UTF-8; else its bytes, for whoever knows the mapping to read. */
async function readOne(file: string): Promise<string | Uint8Array | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return undefined;
  if (bytes.byteLength > LARGEST_BYTES) {
    const mb = LARGEST_BYTES / 1024 / 1024;
    throw new CliExit(EXIT.usage, { zh: `${file} 超过 ${mb} MB`, en: `${file} is larger than ${mb} MB` });
  }
  // An archive may happen to be valid UTF-8, and is none the less no text.
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

/** Files in a folder: written aside, made durable, renamed into their place; half a file is never seen there. */

import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FileStore } from './file-store.ts';

export class FolderStore implements FileStore {
  readonly kind = 'folder';
  readonly incoming: string;
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    // On the same disk, so that a whole file is moved and never copied.
    this.incoming = join(folder, 'incoming');
  }

  async keep(sha256: string, path: string): Promise<void> {
    if (await this.has(sha256)) return;
    const place = this.placeOf(sha256);
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    await syncEntry(path);
    // Of two at once the later takes the place of the same bytes.
    await rename(path, place);
    await syncEntry(dirname(place));
    await syncEntry(this.folder);
  }

  async read(sha256: string): Promise<Readable | undefined> {
    const file = await open(this.placeOf(sha256), 'r').catch((error: unknown) => {
      if (isAbsent(error)) return undefined;
      throw error;
    });
    return file?.createReadStream();
  }

  async has(sha256: string): Promise<boolean> {
    return (await stat(this.placeOf(sha256)).catch(() => undefined))?.isFile() === true;
  }

  async check(): Promise<void> {
    await mkdir(this.incoming, { recursive: true, mode: 0o700 });
    const probe = join(this.incoming, `${randomUUID()}.probe`);
    await writeFile(probe, 'probe', { mode: 0o600 });
    await rm(probe);
  }

  /** Two letters of the hash make a folder: hundreds of thousands of files in one are slow to list. */
  private placeOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256);
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Of a file its bytes, of a folder its entries. */
async function syncEntry(path: string): Promise<void> {
  const entry = await open(path, 'r');
  try {
    await entry.sync();
  } finally {
    await entry.close();
  }
}

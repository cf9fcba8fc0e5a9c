/** Answers with the bytes of a file: to be saved and never shown, and never others than those of its hash. */

import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { FileValue } from '../engine/playbook/value.ts';
import { StoreFault } from '../store/cause-of.ts';
import type { FileStore } from '../store/files/file-store.ts';
import { NotTheseBytes, provenBytes } from '../store/files/proven-bytes.ts';
import { contentDigest } from './announced-file.ts';

/**
 * Nothing is sent before the first bytes are there, so that most of what can go wrong is still told as a problem.
 * @throws StoreFault `file-damaged`; or what the file store had against it
 */
export async function sendFile(store: FileStore, file: FileValue, response: Response): Promise<void> {
  const { sha256 } = file;
  const bytes = await store.read(sha256);
  if (bytes === undefined) throw new StoreFault('file-damaged', `the bytes of ${sha256} are gone`);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const { signal } = gone;
  try {
    await pipeline(
      bytes,
      provenBytes(sha256),
      async (proven: AsyncIterable<Buffer>) => {
        for await (const chunk of proven) {
          if (chunk.length === 0) continue;
          if (!response.headersSent) describe(file, response);
          if (!response.write(chunk)) await once(response, 'drain', { signal });
        }
      },
      { signal },
    );
  } catch (error) {
    // Whoever asked has hung up.
    if (signal.aborted) return;
    throw error instanceof NotTheseBytes ? new StoreFault('file-damaged', error.message) : error;
  }
  response.end();
}

function describe({ name, size, sha256 }: FileValue, response: Response): void {
  response
    .status(200)
    .attachment(name)
    .set({
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(size),
      'Content-Digest': contentDigest(sha256),
      // Whoever may see a case today may not tomorrow.
      'Cache-Control': 'private, no-store',
    });
}

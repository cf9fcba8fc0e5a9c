/** Checks a fetched program against its pinned hash and keeps it in the cache, whole or not at all. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { TemporalPin } from './temporal-pins.ts';

/** Moves `file` to `<target>/temporal`; both must lie on one file system. @throws Error when it is not the pinned program. */
export async function keepProgram(file: string, pin: TemporalPin, target: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (found !== pin.program)
    throw new Error(`the program has the SHA-256 ${found}, not the pinned ${pin.program}; it was thrown away`);
  await chmod(file, 0o755);
  await mkdir(target, { recursive: true });
  await rename(file, join(target, 'temporal'));
}

/** Lets bytes through as long as they may be those of a hash, and ends with an error where they are not. */

import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

export class NotTheseBytes extends Error {
  override readonly name = 'NotTheseBytes';
}

/**
 * The last bytes are held back until all are proven, so that nobody ever has the whole of something else.
 * The stream fails with NotTheseBytes.
 */
export function provenBytes(sha256: string): Transform {
  const hash = createHash('sha256');
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      hash.update(chunk);
      const before = held;
      held = chunk;
      done(null, before);
    },
    flush(done) {
      if (hash.digest('hex') !== sha256) done(new NotTheseBytes(`the bytes kept as ${sha256} are not those`));
      else done(null, held);
    },
  });
}

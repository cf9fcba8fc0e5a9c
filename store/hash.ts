/** SHA-256 and canonical JSON, the two things the journal's chain and all digests are made of. */

import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Lower-case hex of the SHA-256 of the text's UTF-8. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Canonical JSON (RFC 8785). @throws Error for what JSON cannot say: a lone surrogate, NaN, a circle, undefined. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('not a JSON value');
  return text;
}

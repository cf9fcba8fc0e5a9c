/** The id of a new case, made of who opens it and their Idempotency-Key, so that a repeat meets the same case. */

import { createHash } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 12;

/** `c-` and 12 base32 characters (60 bits) of SHA-256. */
export function caseIdOf(person: string, idempotencyKey: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([person, idempotencyKey]))
    .digest();
  let id = '';
  for (let index = 0; index < LENGTH; index += 1) {
    const bit = index * 5;
    const pair = digest.readUInt16BE(Math.floor(bit / 8));
    id += BASE32.charAt((pair >> (11 - (bit % 8))) & 31);
  }
  return `c-${id}`;
}

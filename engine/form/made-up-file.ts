/** Files of rehearsals: nothing was ever uploaded, but two names are two files. */

import type { FileValue } from '../playbook/value.ts';

const WORDS = 8;
const FNV_PRIME = 0x01000193;
const FNV_BASIS = 0x811c9dc5;

/** The same name makes the same file. Its hash is that of the name (FNV-1a, eight times), and of nothing real. */
export function madeUpFile(name: string): FileValue {
  const words = Array.from({ length: WORDS }, (_, word) => hashOf(`${word} ${name}`).toString(16).padStart(8, '0'));
  return { sha256: words.join(''), name, size: name.length, type: 'application/octet-stream' };
}

function hashOf(text: string): number {
  let hash = FNV_BASIS;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  }
  return hash >>> 0;
}

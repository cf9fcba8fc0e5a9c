/** SHA-256, which the journal's chain and all digests are made of. */

import { hash } from 'node:crypto';

/** Lower-case hex of the SHA-256 of the text's UTF-8. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

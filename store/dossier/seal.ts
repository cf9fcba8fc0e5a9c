/** The seal of a dossier: a signature over all of it, by the key that signs the checkpoints. */

import { type KeyObject, sign, verify } from 'node:crypto';
import { canonicalText } from '../../engine/canonical-text.ts';
import type { SigningKey } from '../audit/checkpoint.ts';
import type { Dossier } from './dossier.ts';

export function sealOf(dossier: Omit<Dossier, 'seal'>, { id, key }: SigningKey): NonNullable<Dossier['seal']> {
  return { key: id, signature: sign(null, sealed(dossier), key).toString('base64') };
}

/** Whether the seal is by one of these keys, and over just this. */
export function isSealed({ seal, ...dossier }: Dossier, keys: ReadonlyMap<string, KeyObject>): boolean {
  const key = seal && keys.get(seal.key);
  return key !== undefined && verify(null, sealed(dossier), key, Buffer.from(seal?.signature ?? '', 'base64'));
}

/** As a file has it: what JSON leaves out is not there. */
function sealed(dossier: Omit<Dossier, 'seal'>): Buffer {
  return Buffer.from(canonicalText(JSON.parse(JSON.stringify(dossier))));
}

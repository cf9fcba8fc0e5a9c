/** A checkpoint: a signed document that says how every journal ended at one moment. */

import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalText } from '../../engine/canonical-text.ts';
import { sha256 } from '../hash.ts';

const HEX = z.string().regex(/^[0-9a-f]{64}$/u);

const checkpoint = z.strictObject({
  v: z.literal(1),
  /** Counts from 1. */
  n: z.number().int().positive(),
  at: z.string(),
  /** SHA-256 of the document of the checkpoint before; empty for the first. */
  prior: z.union([HEX, z.literal('')]),
  entities: z.number().int().nonnegative(),
  entries: z.number().int().nonnegative(),
  /** SHA-256 over one line for each entity, as `lineOf` writes it, in order of kind and id. */
  heads: HEX,
  /** SHA-256 of the lines that changed since the checkpoint before: the file beside the document. */
  changes: HEX,
  /** The database was restored from a backup: what lies before this checkpoint may have ended later than it does now. */
  after_restore: z.literal(true).exactOptional(),
});

const signed = z.strictObject({ checkpoint, key: z.string(), signature: z.string() });

export type Checkpoint = z.infer<typeof checkpoint>;

/** How one journal ended. */
export interface HeadLine {
  readonly kind: string;
  readonly id: string;
  readonly seq: number;
  readonly hash: string;
}

/** Ids hold no white space that could be taken for the separator. */
export function lineOf({ kind, id, seq, hash }: HeadLine): string {
  return `${kind}/${id}\t${seq}\t${hash}\n`;
}

/** The lines of a file of changes. @throws Error for what is none. */
export function parseLines(text: string): readonly HeadLine[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    const match = /^(case|person)\/([^\t]+)\t(\d+)\t([0-9a-f]{64})$/u.exec(line);
    if (match === null) throw new Error('not a list of heads');
    const [, kind = '', id = '', seq, hash = ''] = match;
    return [{ kind, id, seq: Number(seq), hash }];
  });
}

export interface SigningKey {
  /** The first 16 hex digits of the SHA-256 of the public key. */
  readonly id: string;
  readonly key: KeyObject;
}

/** @throws Error when the text is no private Ed25519 key. */
export function signingKeyOf(pem: string): SigningKey {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
  return { id: keyId(createPublicKey(key)), key };
}

export function keyId(publicKey: KeyObject): string {
  return sha256(publicKey.export({ type: 'spki', format: 'pem' }).toString()).slice(0, 16);
}

/** The document, one line of canonical JSON. */
export function signCheckpoint(one: Checkpoint, { id, key }: SigningKey): string {
  const signature = sign(null, Buffer.from(canonicalText(one)), key).toString('base64');
  return canonicalText({ checkpoint: one, key: id, signature });
}

/** The checkpoint in a document; absent when it is malformed, altered, or of none of these keys. */
export function openCheckpoint(document: string, keys: ReadonlyMap<string, KeyObject>): Checkpoint | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(document);
  } catch {
    return undefined;
  }
  const parsed = signed.safeParse(raw);
  const key = parsed.success ? keys.get(parsed.data.key) : undefined;
  if (!parsed.success || key === undefined) return undefined;
  const { checkpoint: one, signature } = parsed.data;
  const isOurs = verify(null, Buffer.from(canonicalText(one)), key, Buffer.from(signature, 'base64'));
  return isOurs ? one : undefined;
}

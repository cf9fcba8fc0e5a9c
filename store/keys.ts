/** API keys: bound to a person, kept as a hash, shown once. */

import { randomBytes } from 'node:crypto';
import type { Instant } from '../engine/time/instant.ts';
import { sha256 } from './hash.ts';
import type { Store } from './open-store.ts';

export interface ApiKey {
  /** SHA-256 of the key; names it where it must be named. */
  readonly hash: string;
  readonly person: string;
  readonly label: string;
  readonly created_at: Instant;
  readonly revoked_at: Instant | null;
}

/** Makes a key and returns its secret: `pr_` and 32 random bytes. Nobody can see it again. */
export async function createKey(store: Store, person: string, label: string): Promise<string> {
  const secret = `pr_${randomBytes(32).toString('base64url')}`;
  await store.db
    .insertInto('api_keys')
    .values({ hash: sha256(secret), person, label })
    .execute();
  return secret;
}

/** The key with this secret, unless it was revoked. */
export async function findKey(store: Store, secret: string): Promise<ApiKey | undefined> {
  return store.db
    .selectFrom('api_keys')
    .selectAll()
    .where('hash', '=', sha256(secret))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
}

/** All keys, of one person or of everybody, newest first. */
export async function listKeys(store: Store, person?: string): Promise<readonly ApiKey[]> {
  const query = store.db.selectFrom('api_keys').selectAll().orderBy('created_at', 'desc').orderBy('hash');
  return (person === undefined ? query : query.where('person', '=', person)).execute();
}

/** Returns whether there was such a key still in force. */
export async function revokeKey(store: Store, hash: string, now: Instant): Promise<boolean> {
  const result = await store.db
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

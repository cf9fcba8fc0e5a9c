/** Which installation this database is, and which Temporal namespaces have already worked for it. */

import type { Store } from './open-store.ts';

/** Made with the schema; never changes. */
export async function installationId(store: Store): Promise<string> {
  return (await store.db.selectFrom('installation').select('id').executeTakeFirstOrThrow()).id;
}

/** False for the namespace of a new or lost Temporal server, which must be refilled. */
export async function namespaceKnown(store: Store, namespaceId: string): Promise<boolean> {
  const row = await store.db
    .selectFrom('temporal_namespaces')
    .select('namespace')
    .where('namespace', '=', namespaceId)
    .executeTakeFirst();
  return row !== undefined;
}

/** To be called when the refill is done, so that one broken off begins again. */
export async function rememberNamespace(store: Store, namespaceId: string): Promise<void> {
  await store.db
    .insertInto('temporal_namespaces')
    .values({ namespace: namespaceId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

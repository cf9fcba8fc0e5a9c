/** Which Temporal namespaces have already worked for this database. */

import type { Store } from './open-store.ts';

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

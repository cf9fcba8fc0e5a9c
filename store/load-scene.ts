/** Gathers all that decisions about an entity may know. */

import type { Concerned } from '../engine/person/world.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { Scene } from './decider.ts';
import { loadPeople, loadRules, loadSet } from './known.ts';
import { checkLevel } from './level.ts';
import type { Store, Tx } from './open-store.ts';
import type { Surroundings } from './read-entity.ts';

/** @throws StoreFault when the database wants a newer program. `rulesHash`: the rules the entity is pinned to, when it exists. */
export async function loadScene(
  store: Store,
  tx: Tx,
  id: string,
  now: Instant,
  around: Pick<Surroundings, 'set' | 'people_version' | 'level'>,
  rulesHash: string | undefined,
  concerned?: Concerned,
): Promise<Scene> {
  checkLevel(around.level);
  const playbook = around.set === null ? undefined : await loadSet(tx, store.known, around.set);
  const rules = rulesHash === undefined ? undefined : await loadRules(tx, store.known, rulesHash);
  const people = await loadPeople(tx, store.known, around.people_version);
  return { id, playbook, rules, people, now, ...(concerned !== undefined && { concerned }) };
}

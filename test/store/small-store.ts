/** A store of its own for one test file: an empty database, the small playbook set, and three people. */

import { migrate } from '../../store/migrate.ts';
import { openStore, type Store, type StoreOptions } from '../../store/open-store.ts';
import { publish } from '../../store/publish.ts';
import { step } from '../../store/step.ts';
import type { EntityKind, Reply, SentCommand, StepResult } from '../../workers/contract.ts';
import { freshDatabase } from '../fresh-database.ts';
import { smallSet } from './small-set.ts';

/** When the tests' stories begin. */
export const START = '2026-10-20T01:00:00.000Z';

const PEOPLE = [
  { id: 'admin', by: 'system', body: { command: 'join', name: 'Admin', role: 'admin' } },
  { id: 'bob', by: 'admin', body: { command: 'join', name: 'Bob', role: 'manager' } },
  {
    id: 'ann',
    by: 'admin',
    body: { command: 'join', name: 'Ann', role: 'rep', manager: 'bob', email: 'ann@example.org', lang: 'en' },
  },
];

const urls = new WeakMap<Store, string>();

/** Of the database behind a small store. */
export function storeUrl(store: Store): string {
  return urls.get(store) ?? '';
}

export async function smallStore(options: Partial<StoreOptions> = {}): Promise<Store> {
  const databaseUrl = await freshDatabase();
  await migrate(databaseUrl);
  const store = openStore({ databaseUrl, max: 4, allowTimeTravel: true, ...options });
  urls.set(store, databaseUrl);
  await publish(store, smallSet(), { 'deal.yaml': 'pipeline: deal' }, 'admin');
  for (const { id, by, body } of PEOPLE) await send(store, 'person', id, { id: `join-${id}`, actor: by, body });
  return store;
}

/** Steps one command and returns its reply. */
export async function send(
  store: Store,
  kind: EntityKind,
  id: string,
  command: SentCommand,
  now = START,
): Promise<Reply> {
  const { replies } = await step(store, { kind, id, now, commands: [command] });
  const [reply] = replies;
  if (reply === undefined) throw new Error('no reply');
  return reply;
}

/** Opens a case of ann's. */
export function open(store: Store, id: string, title = `Deal ${id}`, now = START): Promise<Reply> {
  return send(
    store,
    'case',
    id,
    { id: `open-${id}`, actor: 'ann', body: { command: 'open', title, pipeline: 'deal' } },
    now,
  );
}

export function stepCase(store: Store, id: string, now: string, ...commands: SentCommand[]): Promise<StepResult> {
  return step(store, { kind: 'case', id, now, commands });
}

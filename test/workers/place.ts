/** A working place for one test file: a database and a Temporal namespace of its own, a worker, and a way to send commands. */

import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { inject } from 'vitest';
import { createEntityClient, type EntityClient } from '../../api/entity-client.ts';
import { compileSet } from '../../engine/language/compile-set.ts';
import { sha256 } from '../../store/hash.ts';
import { migrate } from '../../store/migrate.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { publish } from '../../store/publish.ts';
import type { EntityKind, Reply } from '../../workers/contract.ts';
import { type Destinations, destinationsFromEnv } from '../../workers/destinations.ts';
import type { Log } from '../../workers/log.ts';
import { type RunningWorker, startWorker } from '../../workers/worker.ts';
import { freshDatabase } from '../fresh-database.ts';
import { freshNamespace } from '../fresh-namespace.ts';
import { eventually } from './eventually.ts';
import { PLAYBOOKS } from './playbooks.ts';

export const QUIET: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Place {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly store: Store;
  readonly client: Client;
  readonly entities: EntityClient;
  /** Sends a command of `actor` under a new id, or under `id`. */
  send(kind: EntityKind, entity: string, actor: string, body: object, id?: string): Promise<Reply>;
  /** Opens a case of ann's with the id `entity`. @throws Error when it is not accepted. */
  open(entity: string, title?: string): Promise<void>;
  startWorker(destinations?: Destinations, refilling?: (started: number) => void): Promise<RunningWorker>;
  close(): Promise<void>;
}

const PEOPLE = {
  boss: { name: 'Boss', role: 'admin' },
  bob: { name: 'Bob', role: 'manager', manager: 'boss', email: 'bob@example.org' },
  ann: { name: 'Ann', role: 'rep', manager: 'bob', email: 'ann@example.org' },
};

/** Of the servers of the run, or of others. Ann sells, Bob is her manager; they join with the first worker. */
export async function makePlace(
  given: { databaseUrl?: string; temporalAddress?: string; namespace?: string } = {},
): Promise<Place> {
  const databaseUrl = given.databaseUrl ?? (await freshDatabase());
  const temporalAddress = given.temporalAddress ?? inject('temporalAddress');
  const namespace = given.namespace ?? (await freshNamespace());
  await migrate(databaseUrl);
  const store = openStore({ databaseUrl, allowTimeTravel: true });
  const { set, diagnostics } = compileSet([...PLAYBOOKS], { sha256 });
  if (set === undefined) throw new Error(`the tests' playbooks do not compile: ${JSON.stringify(diagnostics)}`);
  await publish(store, set, Object.fromEntries(PLAYBOOKS.map((file) => [file.path, file.text])), 'boss');
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection, namespace });
  const entities = createEntityClient({ client });
  const workers: RunningWorker[] = [];

  const send: Place['send'] = (kind, entity, actor, body, id = randomUUID()) =>
    entities.send(kind, entity, { id, actor, body });
  /** On a fault it is sent again, as callers are told to: a worker that has just begun may not be heard of yet. */
  const expectAccepted = async (what: string, ask: () => Promise<Reply>): Promise<void> => {
    const reply = await eventually(what, async () => {
      const answer = await ask();
      return answer.outcome !== 'fault' && answer;
    });
    if (reply.outcome !== 'accepted') throw new Error(`${what}: ${JSON.stringify(reply)}`);
  };
  return {
    databaseUrl,
    temporalAddress,
    namespace,
    store,
    client,
    entities,
    send,
    open: (entity, title = `Deal ${entity}`) =>
      expectAccepted(`opening ${entity}`, () =>
        entities.send(
          'case',
          entity,
          { id: `open-${entity}`, actor: 'ann', body: { command: 'open', title, pipeline: 'deal' } },
          { isNew: true },
        ),
      ),
    startWorker: async (destinations = destinationsFromEnv({}), refilling = () => undefined) => {
      const worker = await startWorker({ store, temporalAddress, namespace, destinations, refilling, log: QUIET });
      workers.push(worker);
      for (const [person, profile] of Object.entries(PEOPLE)) {
        const command = { id: `join-${person}`, actor: 'system', body: { command: 'join', lang: 'en', ...profile } };
        await expectAccepted(`joining of ${person}`, () => entities.send('person', person, command, { isNew: true }));
      }
      return worker;
    },
    close: async () => {
      for (const worker of workers) await worker.stop();
      await connection.close();
      await store.close();
    },
  };
}

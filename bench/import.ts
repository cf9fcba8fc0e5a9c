/** How long the sample's rows take to become cases, until every open one has its running workflow. */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { beginImport, readExportFiles } from '../api/begin-import.ts';
import { createEntityClient, type EntityClient } from '../api/entity-client.ts';
import { packageRoot } from '../cli/package-root.ts';
import { playbookFolders } from '../cli/playbook-folder.ts';
import { readExport } from '../cli/read-export.ts';
import { compileSet } from '../engine/language/compile-set.ts';
import type { Mapping } from '../engine/playbook/mapping.ts';
import { sha256 } from '../store/hash.ts';
import { findImport } from '../store/imports/import-job.ts';
import { migrate } from '../store/migrate.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { publish } from '../store/publish.ts';
import { startWorker } from '../workers/worker.ts';

export interface ImportFigures {
  readonly name: string;
  readonly rows: number;
  /** From the files' text to the last workflow started and the last digest sent. */
  readonly seconds: number;
  readonly aim_seconds: number;
}

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };
const LONGEST_MS = 10 * 60_000;

/** On servers of its own, empty but for what other benches left. @throws Error when a row does not come in: a wrong run is no figure */
export async function benchImport(servers: {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
}): Promise<ImportFigures> {
  const { databaseUrl, temporalAddress } = servers;
  await migrate(databaseUrl);
  const store = openStore({ databaseUrl });
  const mapping = await publishShipped(store);
  const taskQueue = `bench-import-${randomUUID()}`;
  const worker = await startWorker({ store, temporalAddress, taskQueue, destinations: { webhooks: {} }, log: QUIET });
  const connection = await Connection.connect({ address: temporalAddress });
  const entities = createEntityClient({ client: new Client({ connection }), taskQueue });
  try {
    await joinImporter(entities);
    const { rows, seconds } = await timeImport({ store, entities }, mapping);
    return { name: 'import of the sample, open workflows running', rows, seconds, aim_seconds: 60 };
  } finally {
    await worker.stop();
    await connection.close();
    await store.close();
  }
}

async function publishShipped(store: Store): Promise<Mapping> {
  const files = playbookFolders([join(packageRoot(), 'playbooks')]).flatMap((folder) => folder.files);
  const { set } = compileSet(files, { sha256 });
  const mapping = set?.mappings['crm-sample'];
  if (set === undefined || mapping === undefined) throw new Error('the shipped playbooks do not compile');
  await publish(store, set, Object.fromEntries(files.map((file) => [file.path, file.text])), 'admin');
  return mapping;
}

async function joinImporter(entities: EntityClient): Promise<void> {
  const body = { command: 'join', name: 'Administrator', role: 'admin' };
  const reply = await entities.send('person', 'admin', { id: 'bench', actor: 'system', body }, { isNew: true });
  if (reply.outcome !== 'accepted') throw new Error(`nobody to import: ${JSON.stringify(reply)}`);
}

async function timeImport(
  deps: { readonly store: Store; readonly entities: EntityClient },
  mapping: Mapping,
): Promise<{ readonly rows: number; readonly seconds: number }> {
  const names = mapping.tables.map((table) => table.file);
  const files = await readExport(join(packageRoot(), 'samples', 'crm'), names);
  const started = performance.now();
  const job = await beginImport(deps, await readExportFiles(deps.store, mapping, files), files, 'admin');
  for (;;) {
    const now = await findImport(deps.store, job.import);
    if (performance.now() - started > LONGEST_MS) throw new Error('the import does not come to its end');
    if (now === undefined || now.status === 'running') {
      await delay(100);
      continue;
    }
    const { rows, opened, closed, workflows_started } = now.progress;
    if (now.status === 'failed' || opened + closed !== rows || workflows_started !== opened) {
      throw new Error(`not every row came in: ${JSON.stringify(now.progress)}`);
    }
    return { rows, seconds: Math.round((performance.now() - started) / 100) / 10 };
  }
}

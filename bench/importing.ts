/** Imports an export as `serve` would, and waits until every open case has its running workflow. */

import { beginImport, readExportFiles } from '../api/begin-import.ts';
import { createEntityClient } from '../api/entity-client.ts';
import { openClient } from '../api/open-client.ts';
import type { ImportFiles } from '../store/imports/import-job.ts';
import { findImport } from '../store/imports/import-job.ts';
import { startWorker } from '../workers/worker.ts';
import { ADMIN, openFilledStore, QUIET, startServers, until } from './place.ts';
import { shippedPlaybooks } from './shipped-playbooks.ts';

export interface ImportTime {
  readonly rows: number;
  /** From the files' text to the last workflow started and the last digest sent. */
  readonly seconds: number;
  /** Of them, those until the last case was in. */
  readonly cases_seconds: number;
  readonly workflows: number;
}

const EVERY_MS = 100;

/** @throws Error when a row does not come in: a wrong run is no figure */
export async function timeImport(
  dir: string,
  files: ImportFiles,
  { longestMs, say }: { readonly longestMs: number; readonly say: (line: string) => void },
): Promise<ImportTime> {
  const shipped = shippedPlaybooks();
  const mapping = shipped.set.mappings['crm-sample'];
  if (mapping === undefined) throw new Error('the mapping of the sample is missing');
  const { databaseUrl, temporalAddress, stop } = await startServers(dir);
  const store = await openFilledStore(databaseUrl, shipped.files);
  const worker = await startWorker({ store, temporalAddress, destinations: { webhooks: {} }, log: QUIET });
  const client = openClient(temporalAddress);
  const entities = createEntityClient({ client });
  try {
    const body = { command: 'join', name: 'Administrator', role: 'admin' };
    const reply = await entities.send('person', ADMIN, { id: 'bench', actor: 'system', body }, { isNew: true });
    if (reply.outcome !== 'accepted') throw new Error(`nobody to import: ${JSON.stringify(reply)}`);
    const started = performance.now();
    const job = await beginImport({ store, entities }, await readExportFiles(store, mapping, files), files, ADMIN);
    let casesMs = 0;
    let told = started;
    const isDone = async () => {
      const now = await findImport(store, job.import);
      if (now === undefined) return false;
      const { phase, done, rows, workflows_started } = now.progress;
      if (casesMs === 0 && done === rows) casesMs = performance.now() - started;
      if (performance.now() - told > 15_000) {
        told = performance.now();
        say(`${phase}: ${done} of ${rows} rows, ${workflows_started} workflows`);
      }
      return now.status !== 'running';
    };
    await until(isDone, longestMs, EVERY_MS);
    const seconds = (performance.now() - started) / 1000;
    const end = await findImport(store, job.import);
    const { rows = 0, opened = 0, closed = 0, workflows_started = 0 } = end?.progress ?? {};
    if (end?.status !== 'done' || rows === 0 || opened + closed !== rows || workflows_started !== opened) {
      throw new Error(`not every row came in: ${JSON.stringify(end?.progress)}`);
    }
    return { rows, seconds, cases_seconds: casesMs / 1000, workflows: workflows_started };
  } finally {
    await worker.stop();
    await client.connection.close();
    await store.close();
    await stop();
  }
}

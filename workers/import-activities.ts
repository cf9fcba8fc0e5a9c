/** The activities of an import. Each may be cut off anywhere and done again. */

import { CancelledFailure, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { sql } from 'kysely';
import { fromMs } from '../engine/time/instant.ts';
import { importBatch } from '../store/imports/import-batch.ts';
import { type ImportJob, loadImport, refreshStatistics, saveProgress } from '../store/imports/import-job.ts';
import { type ImportProgress, withProblems } from '../store/imports/import-progress.ts';
import { forgetTables } from '../store/imports/import-tables.ts';
import { lateDigests } from '../store/imports/late-digests.ts';
import { rowMapper } from '../store/imports/prepare-import.ts';
import type { Store } from '../store/open-store.ts';
import { listPeople } from '../store/people.ts';
import { currentSet } from '../store/watched-cases.ts';
import type { EntityInput, ImportActivities, ImportInput, SentCommand } from './contract.ts';
import { importChanges } from './import-changes.ts';
import { ImportReader, Unreadable } from './import-reader.ts';
import { joinTeam } from './join-team.ts';
import { lookAtReps } from './look-at-reps.ts';
import { signalCommand } from './send-to-entity.ts';
import { startEntities } from './start-entities.ts';

export interface ImportDeps {
  readonly store: Store;
  readonly client: Client;
  readonly taskQueue: string;
}

/** The activity hands back after this long, so that a worker that stops need not cut it off. */
const TURN_MS = 2_000;
const WORKFLOWS_A_SAVE = 250;

export function importActivities(deps: ImportDeps): ImportActivities {
  const reader = new ImportReader(deps.store);
  return {
    importPeople: async (input) => {
      await orFail(deps.store, input, (job) => importPeople(deps, reader, job));
    },
    importRows: async (input) => (await orFail(deps.store, input, (job) => importRows(deps, reader, job))) ?? false,
    startImported: async ({ import: id }) => startImported(deps, await loadImport(deps.store, id)),
    sendDigests: async ({ import: id }) => {
      await sendDigests(deps, await loadImport(deps.store, id));
      reader.forget(id);
      const set = await currentSet(deps.store);
      if (set !== undefined) await lookAtReps(deps, set.playbook, new Date().toISOString());
    },
  };
}

/** What can never be read again ends the import; the cases that are in get their workflows and digests all the same. */
async function orFail<T>(
  store: Store,
  { import: id }: ImportInput,
  work: (job: ImportJob) => Promise<T>,
): Promise<T | undefined> {
  const job = await loadImport(store, id);
  try {
    return await work(job);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const now = await loadImport(store, id);
    await saveProgress(store.db, now, { ...now.progress, phase: 'workflows', failure: error.text });
    return undefined;
  }
}

async function importPeople(deps: ImportDeps, reader: ImportReader, job: ImportJob): Promise<void> {
  if (job.progress.phase !== 'people') return;
  const { read } = await reader.read(job);
  const { people, problems } = await joinTeam(deps, job, read);
  const told = withProblems(job.progress, [...read.problems, ...problems]);
  await saveProgress(deps.store.db, job, { ...told, phase: 'cases', people });
}

/** Rows first, then what they changed in cases that are there. @returns whether any of it is left */
async function importRows(deps: ImportDeps, reader: ImportReader, job: ImportJob): Promise<boolean> {
  const { store } = deps;
  if (job.progress.phase === 'changes') return importAllChanges(deps, reader, job);
  if (job.progress.phase !== 'cases') return false;
  const { read, playbook } = await reader.read(job);
  const { shift_days, started_at } = job;
  const rowAt = rowMapper(read, { playbook, people: await listPeople(store), shift_days, started_at });
  const until = Date.now() + TURN_MS;
  let now = job;
  while (now.progress.done < now.progress.rows) {
    if (Date.now() >= until) return true;
    now = await importBatch(store, now, read, rowAt, fromMs(Date.now()));
    heartbeat();
  }
  await refreshStatistics(store);
  await saveProgress(store.db, now, { ...now.progress, phase: 'changes' });
  return true;
}

async function importAllChanges(deps: ImportDeps, reader: ImportReader, job: ImportJob): Promise<boolean> {
  const { read } = await reader.read(job);
  const until = Date.now() + TURN_MS;
  let now = job;
  let isMore = true;
  while (isMore && Date.now() < until) {
    [now, isMore] = await importChanges(deps, now, read);
    heartbeat();
  }
  return isMore;
}

async function startImported({ store, client, taskQueue }: ImportDeps, job: ImportJob): Promise<void> {
  if (job.progress.phase !== 'workflows') return;
  const open = await openCasesOf(store, job.import);
  let now = job;
  for (let from = 0; from < open.length; from += WORKFLOWS_A_SAVE) {
    stopIfAsked();
    const part = open.slice(from, from + WORKFLOWS_A_SAVE);
    await startEntities({ client, taskQueue, progress: () => heartbeat(), isPaced: true }, part);
    now = await saveProgress(store.db, now, { ...now.progress, workflows_started: from + part.length });
  }
  await saveProgress(store.db, now, { ...now.progress, phase: 'digests' });
}

async function openCasesOf(store: Store, id: number): Promise<readonly EntityInput[]> {
  const { rows } = await sql<{ readonly id: string; readonly wake_at: string | null }>`
    select c.id, case when not exists (
        select from outbox o where o.kind = 'case' and o.entity = c.id and o.delivered_at is null) then e.wake_at end as wake_at
    from import_rows r
    join cases c on c.id = r.case_id and not c.finished
    join entities e on e.kind = 'case' and e.id = c.id
    where r.import = ${id} order by c.id`.execute(store.db);
  return rows.map((row) => ({ kind: 'case', id: row.id, ...(row.wake_at !== null && { wake_at: row.wake_at }) }));
}

async function sendDigests(deps: ImportDeps, job: ImportJob): Promise<void> {
  if (job.progress.phase !== 'digests') return;
  const digests = await lateDigests(deps.store, job.import);
  for (const [to, message] of digests) {
    stopIfAsked();
    const id = `import:${job.import}:digest`;
    const command: SentCommand = { id, actor: 'system', body: { command: 'receive', message } };
    await signalCommand(deps, { kind: 'person', id: to }, command);
    heartbeat();
  }
  await forgetTables(deps.store.db, job.import);
  const progress: ImportProgress = { ...job.progress, phase: 'done', digests: digests.size };
  await saveProgress(deps.store.db, job, progress, progress.failure === undefined ? 'done' : 'failed');
}

/** A worker that stops, or an attempt that was given up. */
function stopIfAsked(): void {
  if (cancellationSignal().aborted) throw new CancelledFailure('the worker stops');
}

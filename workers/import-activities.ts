/** The activities of an import. Each may be cut off anywhere and done again. */

import { heartbeat } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { fromMs } from '../engine/time/instant.ts';
import { importBatch } from '../store/imports/import-batch.ts';
import { filesOf, type ImportJob, type ImportProgress, loadImport, saveProgress } from '../store/imports/import-job.ts';
import { digestsOf } from '../store/imports/late-cases.ts';
import { peopleToJoin, type ReadImport, readImport, rowMapper } from '../store/imports/prepare-import.ts';
import type { Store } from '../store/open-store.ts';
import { listPeople } from '../store/people.ts';
import { currentPlaybook } from '../store/publish.ts';
import type { EntityInput, ImportActivities, Reply, SentCommand } from './contract.ts';
import { sendCommand, signalCommand } from './send-to-entity.ts';
import { startEntities } from './start-entities.ts';

export interface ImportDeps {
  readonly store: Store;
  readonly client: Client;
  readonly taskQueue: string;
}

/** An activity works this long before it hands back, so that a worker can stop between batches. */
const TURN_MS = 10_000;
const WORKFLOWS_A_HEARTBEAT = 100;

export function importActivities(deps: ImportDeps): ImportActivities {
  const { store } = deps;
  const reads = new LastRead(store);
  return {
    importPeople: async ({ import: id }) => {
      const job = await loadImport(store, id);
      if (job.progress.phase !== 'people') return;
      const { read } = await reads.of(job);
      const joined = await joinAll(deps, job, read);
      const progress: ImportProgress = { ...job.progress, phase: 'cases', people: joined };
      await saveProgress(store.db, id, withUnreadable(progress, read));
    },
    importRows: async ({ import: id }) => importRows(store, reads, id),
    startImported: async ({ import: id }) => startImported(deps, id),
    sendDigests: async ({ import: id }) => sendDigests(deps, id),
  };
}

/** The files of the newest import, read once for its many batches. */
class LastRead {
  private last: { readonly import: number; readonly read: ReadImport } | undefined;
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  async of(job: ImportJob) {
    const current = await currentPlaybook(this.store);
    const mapping = current?.set.mappings[job.mapping];
    if (current === undefined || mapping === undefined)
      throw new Error(`mapping ${job.mapping} is no longer published`);
    if (this.last?.import !== job.import || this.last.read.mapping !== mapping) {
      const result = readImport(mapping, await filesOf(this.store, job.import));
      if (!result.ok) throw new Error(`the files of import ${job.import} cannot be read any more`);
      this.last = { import: job.import, read: result.read };
    }
    return { read: this.last.read, playbook: current.set };
  }
}

async function joinAll(deps: ImportDeps, job: ImportJob, read: ReadImport): Promise<number> {
  const newcomers = peopleToJoin(read, await listPeople(deps.store));
  for (const { person, ...profile } of newcomers) {
    const command: SentCommand = {
      id: `import:${job.import}:join`,
      actor: job.started_by,
      body: { command: 'join', ...profile },
    };
    const reply: Reply = await sendCommand(deps, { kind: 'person', id: person }, command);
    if (reply.outcome === 'fault') throw new Error(`${person} could not join: ${reply.cause}`);
    heartbeat();
  }
  return newcomers.length;
}

/** Rows that could not be read as rows are bad rows; they are told once, before the first batch. */
function withUnreadable(progress: ImportProgress, { problems }: ReadImport): ImportProgress {
  return { ...progress, bad: progress.bad + problems.length, problems: [...progress.problems, ...problems] };
}

/** @returns whether rows are left */
async function importRows(store: Store, reads: LastRead, id: number): Promise<boolean> {
  let job = await loadImport(store, id);
  if (job.progress.phase !== 'cases') return false;
  const { read, playbook } = await reads.of(job);
  const people = await listPeople(store);
  const rowAt = rowMapper(read, { playbook, people, shift_days: job.shift_days, started_at: job.started_at });
  const until = Date.now() + TURN_MS;
  while (job.progress.done < job.progress.rows && Date.now() < until) {
    const progress = await importBatch(store, job, read, rowAt, fromMs(Date.now()));
    job = { ...job, progress };
    heartbeat();
  }
  if (job.progress.done < job.progress.rows) return true;
  await saveProgress(store.db, id, { ...job.progress, phase: 'workflows' });
  return false;
}

async function startImported({ store, client, taskQueue }: ImportDeps, id: number): Promise<void> {
  const job = await loadImport(store, id);
  if (job.progress.phase !== 'workflows') return;
  const open = await openCasesOf(store, id);
  let { progress } = job;
  for (let from = 0; from < open.length; from += WORKFLOWS_A_HEARTBEAT) {
    const part = open.slice(from, from + WORKFLOWS_A_HEARTBEAT);
    await startEntities({ client, taskQueue }, part);
    progress = { ...progress, workflows_started: from + part.length };
    await saveProgress(store.db, id, progress);
    heartbeat();
  }
  await saveProgress(store.db, id, { ...progress, phase: 'digests' });
}

async function openCasesOf(store: Store, id: number): Promise<readonly EntityInput[]> {
  const rows = await store.db
    .selectFrom('import_rows')
    .innerJoin('cases', 'cases.id', 'import_rows.case_id')
    .select('cases.id')
    .where('import_rows.import', '=', id)
    .where('cases.finished', '=', false)
    .orderBy('cases.id')
    .execute();
  return rows.map((row) => ({ kind: 'case', id: row.id }));
}

async function sendDigests(deps: ImportDeps, id: number): Promise<void> {
  const job = await loadImport(deps.store, id);
  if (job.progress.phase !== 'digests') return;
  const digests = await digestsOf(deps.store, id);
  for (const { to, message } of digests) {
    const command: SentCommand = { id: `import:${id}:digest`, actor: 'system', body: { command: 'receive', message } };
    await signalCommand(deps, { kind: 'person', id: to }, command);
    heartbeat();
  }
  await saveProgress(deps.store.db, id, { ...job.progress, phase: 'done', digests: digests.length }, 'done');
}

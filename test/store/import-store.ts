/** A store with the shipped playbooks, and a way to import into it without Temporal, as the activities do it. */

import type { MappedRow } from '../../engine/mapping/map-row.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { importBatch } from '../../store/imports/import-batch.ts';
import { createImport, type ImportJob } from '../../store/imports/import-job.ts';
import { joinCommand } from '../../store/imports/join-command.ts';
import { firstShift, newcomersOf, type ReadImport, rowMapper } from '../../store/imports/prepare-import.ts';
import { migrate } from '../../store/migrate.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { listPeople } from '../../store/people.ts';
import { publish } from '../../store/publish.ts';
import { freshDatabase } from '../fresh-database.ts';
import { mappingOf, readText, SHIPPED, tablesIn } from '../mapping/shipped-mapping.ts';
import { send } from './small-store.ts';

type TextFiles = Readonly<Record<string, string>>;

export async function importStore(set: PlaybookSet = SHIPPED): Promise<Store> {
  const databaseUrl = await freshDatabase();
  await migrate(databaseUrl);
  const store = openStore({ databaseUrl, max: 4 });
  await publish(store, set, {}, 'admin');
  const body = { command: 'join', name: 'Admin', role: 'admin' };
  await send(store, 'person', 'admin', { id: 'join', actor: 'system', body }, now());
  return store;
}

export function now(): string {
  return new Date().toISOString();
}

export function readFiles(files: TextFiles, set: PlaybookSet = SHIPPED, mapping = 'crm-sample'): ReadImport {
  const result = readText(mappingOf(set, mapping), files);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.read;
}

/** An import whose people have joined, ready for its first batch. */
export interface Begun {
  readonly job: ImportJob;
  readonly read: ReadImport;
  rowAt(index: number): MappedRow | undefined;
}

export async function begin(
  store: Store,
  files: TextFiles,
  set: PlaybookSet = SHIPPED,
  mapping = 'crm-sample',
): Promise<Begun> {
  const read = readFiles(files, set, mapping);
  const { ranks } = newcomersOf(read, await listPeople(store));
  for (const person of ranks.flat()) {
    const command = { id: 'join', actor: 'admin', body: joinCommand(person) };
    await send(store, 'person', person.person, command, now());
  }
  const { job } = await createImport(store, {
    mapping,
    source: read.source,
    files,
    tables: tablesIn(mappingOf(set, mapping), files),
    shift_days: firstShift(read, now()),
    rows: read.tables.main.rows.length,
    started_by: 'admin',
  });
  const { shift_days, started_at } = job;
  const terms = { playbook: set, people: await listPeople(store), shift_days, started_at };
  return { job, read, rowAt: rowMapper(read, terms) };
}

/** All batches, and the import marked as done. */
export async function finish(store: Store, { job, read, rowAt }: Begun): Promise<ImportJob> {
  let at = job;
  while (at.progress.done < at.progress.rows) at = await importBatch(store, at, read, rowAt, now());
  await store.db.updateTable('imports').set({ status: 'done' }).where('id', '=', job.import).execute();
  return at;
}

export async function importAll(store: Store, files: TextFiles): Promise<ImportJob> {
  return finish(store, await begin(store, files));
}

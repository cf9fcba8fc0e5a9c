/** Imports that are cut off: whatever dies on the way, every row comes in once and the report is right. */

import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { beginImport, readExportFiles } from '../../api/begin-import.ts';
import { importBatch } from '../../store/imports/import-batch.ts';
import { type ImportFiles, type ImportJob, loadImport, runningImports } from '../../store/imports/import-job.ts';
import type { ImportProgress } from '../../store/imports/import-progress.ts';
import { rowMapper } from '../../store/imports/prepare-import.ts';
import { listPeople } from '../../store/people.ts';
import { publish } from '../../store/publish.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import { TASK_QUEUE } from '../../workers/contract.ts';
import { importActivities } from '../../workers/import-activities.ts';
import { compiledWithout, exportOf, SAMPLE_MAPPING, SHIPPED, sampleLines } from '../mapping/shipped-mapping.ts';
import { eventually } from './eventually.ts';
import { makePlace, type Place } from './place.ts';
import { workerProcess } from './worker-process.ts';

/** The first import fixes by how much days are moved, so it brings the newest one. */
const NEWEST = 'NEWEST01,Moses Frase,GTX Pro,,Won,10/20/2016,12/31/2017,1000';

let place: Place;

beforeAll(async () => {
  place = await makePlace();
  await publish(place.store, SHIPPED, {}, 'boss');
  const worker = await place.startWorker();
  await worker.stop();
}, 60_000);
afterAll(() => place.close());

async function begin(files: ImportFiles): Promise<ImportJob> {
  const read = await readExportFiles(place.store, SAMPLE_MAPPING, files);
  return beginImport(place, read, files, 'boss');
}

function over({ import: id }: ImportJob): Promise<ImportJob> {
  return eventually(
    'the import is over',
    async () => {
      const job = await loadImport(place.store, id);
      return job.status !== 'running' && job;
    },
    60_000,
  );
}

/** Without those that tell of rows of the exports before, which are not in this one. */
function ofRows({ problems }: ImportProgress): ImportProgress['problems'] {
  return problems.filter(({ message }) => !message.en.includes('no longer in the export'));
}

function reached(job: ImportJob, test: (progress: ImportProgress) => boolean): Promise<boolean> {
  return eventually('the import has come so far', async () =>
    test((await loadImport(place.store, job.import)).progress),
  );
}

async function countOf(table: 'cases' | 'import_rows'): Promise<number> {
  const query = place.store.db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('count'));
  return (await query.executeTakeFirstOrThrow()).count;
}

/** Of each person, how many messages of which kind. */
function inboxKinds(): Promise<readonly { person: string; kind: string; count: number }[]> {
  return (
    place.store.db
      .selectFrom('inbox_items')
      .select((eb) => ['person', 'kind', eb.fn.countAll<number>().as('count')])
      // The week of those who joined goes on beside it.
      .where('kind', '=', 'digest')
      .groupBy(['person', 'kind'])
      .execute()
  );
}

it('goes on where it was when its worker is killed between rows, and when another is stopped between workflows', async () => {
  const lines = [NEWEST, ...sampleLines(379, 'Won'), ...sampleLines(50, 'Engaging'), ...sampleLines(20, 'Prospecting')];
  const first = await workerProcess(place);
  const job = await begin(exportOf(lines));
  await reached(job, ({ done }) => done >= 200);
  first.kill('SIGKILL');
  const atKill = (await loadImport(place.store, job.import)).progress;
  expect(atKill.done).toBeLessThan(450);
  expect(atKill.people).toBe(44);
  expect(await countOf('cases')).toBe(atKill.opened + atKill.closed);

  const second = await place.startWorker();
  await reached(job, ({ phase }) => phase !== 'people' && phase !== 'cases');
  await second.stop();
  const third = await place.startWorker();
  onTestFinished(third.stop);
  const { status, progress } = await over(job);
  expect({ status, ...progress }).toMatchObject({
    status: 'done',
    rows: 450,
    done: 450,
    people: 44,
    opened: 70,
    closed: 380,
    unchanged: 0,
    changed: 0,
    bad: 0,
    workflows_started: 70,
  });
  expect(await countOf('cases')).toBe(450);
  expect(await countOf('import_rows')).toBe(450);
  const findings: unknown[] = [];
  await verifyJournal(place.store, { report: (finding) => findings.push(finding) });
  expect(findings).toEqual([]);

  const digests = await eventually('everybody has their digest', async () => {
    const items = await inboxKinds();
    return items.length >= progress.digests && items;
  });
  expect(digests).toHaveLength(progress.digests);
  expect(digests.every(({ kind, count }) => kind === 'digest' && count === 1)).toBe(true);
}, 120_000);

it('counts those who joined in an attempt whose end was lost', async () => {
  const team =
    'sales_agent,manager,regional_office\nIda Berg,Nils Holm,North\nOle Dahl,Nils Holm,North\nOle Dahl,Eva Lund,North\n';
  const job = await begin({ ...exportOf([]), 'sales_teams.csv': team });
  const { db } = place.store;
  const files = await db.selectFrom('import_tables').selectAll().where('import', '=', job.import).execute();
  const worker = await place.startWorker();
  onTestFinished(worker.stop);
  const { progress } = await over(job);
  expect(progress.people).toBe(5);
  expect(ofRows(progress).map((one) => [one.file, one.line, one.column])).toEqual([
    ['sales_teams.csv', 4, 'sales_agent'],
  ]);

  // As if the worker had died after the last of them joined, before that was noted.
  const undone: ImportProgress = { ...progress, phase: 'people', people: 0, problems: [] };
  await place.store.db
    .updateTable('imports')
    .set({ status: 'running', progress: JSON.stringify(undone) })
    .where('id', '=', job.import)
    .execute();
  // An import that is over has let its files go.
  await db
    .insertInto('import_tables')
    .values(files.map((one) => ({ ...one, content: JSON.stringify(one.content) })))
    .execute();
  const activities = importActivities({ store: place.store, client: place.client, taskQueue: TASK_QUEUE });
  await new MockActivityEnvironment().run(activities.importPeople, { import: job.import });
  const again = (await loadImport(place.store, job.import)).progress;
  expect(again).toEqual({ ...progress, phase: 'cases', problems: ofRows(progress) });
  const left = (): Promise<unknown> => new MockActivityEnvironment().run(activities.importRows, { import: job.import });
  while (await left());
  await new MockActivityEnvironment().run(activities.startImported, { import: job.import });
  await new MockActivityEnvironment().run(activities.sendDigests, { import: job.import });
  expect((await loadImport(place.store, job.import)).status).toBe('done');
});

it('tells of people who cannot join and of rows that so have no owner, and imports the rest', async () => {
  const worker = await place.startWorker();
  onTestFinished(worker.stop);
  const tooLong = 'r'.repeat(201);
  const job = await begin({
    ...exportOf(['own-1,Mia Voss,GTX Pro,,Engaging,1/1/2017,,', 'own-2,Ida Berg,GTX Pro,,Engaging,1/1/2017,,']),
    'sales_teams.csv': `sales_agent,manager,regional_office\nMia Voss,,${tooLong}\n`,
  });
  const { status, progress } = await over(job);
  expect({ status, ...progress }).toMatchObject({ status: 'done', people: 0, opened: 1, bad: 1 });
  expect(ofRows(progress).map((one) => [one.file, one.line, one.column, one.message.en])).toEqual([
    ['sales_teams.csv', 2, 'regional_office', `\`${'r'.repeat(60)}…\` cannot be a name`],
    ['sales_teams.csv', 2, 'sales_agent', '`Mia Voss` could not join: must be a text of 1 to 200 characters'],
    ['sales_pipeline.csv', 2, 'sales_agent', 'nobody is known as `Mia Voss`'],
  ]);
});

it('ends as failed, with why, when its mapping is gone; what is in by then runs', async () => {
  const { store } = place;
  const lines = [...sampleLines(190, 'Lost'), ...sampleLines(60, 'Engaging')].map((line) => `gone-${line}`);
  const job = await begin(exportOf(lines));
  const activities = importActivities({ store, client: place.client, taskQueue: TASK_QUEUE });
  // Everybody is known already, so this needs no worker.
  await new MockActivityEnvironment().run(activities.importPeople, { import: job.import });
  const { read } = await readExportFiles(store, SAMPLE_MAPPING, exportOf(lines));
  const { shift_days, started_at } = job;
  const rowAt = rowMapper(read, { playbook: SHIPPED, people: await listPeople(store), shift_days, started_at });
  await importBatch(store, await loadImport(store, job.import), read, rowAt, new Date().toISOString());

  await publish(store, compiledWithout('crm-sample.yaml'), {}, 'boss');
  onTestFinished(async () => {
    await publish(store, SHIPPED, {}, 'boss');
  });
  const worker = await place.startWorker();
  onTestFinished(worker.stop);
  const { status, progress } = await over(job);
  expect(status).toBe('failed');
  expect(progress.failure).toEqual({
    zh: '映射 `crm-sample` 已不在发布的剧本里',
    en: 'the mapping `crm-sample` is no longer among the published playbooks',
  });
  expect(progress).toMatchObject({
    phase: 'done',
    rows: 250,
    done: 200,
    closed: 190,
    opened: 10,
    workflows_started: 10,
  });
  expect(progress.digests).toBeGreaterThan(0);
});

it('goes on by itself on a new Temporal, and where its workflow could not be started', async () => {
  const files = exportOf(sampleLines(3, 'Won').map((line) => `lost-${line}`));
  const read = await readExportFiles(place.store, SAMPLE_MAPPING, files);
  const away = { ...place.entities, startImport: () => Promise.reject(new Error('Temporal is away')) };
  await expect(beginImport({ store: place.store, entities: away }, read, files, 'boss')).rejects.toThrow('away');
  const elsewhere = await makePlace({ databaseUrl: place.databaseUrl });
  onTestFinished(elsewhere.close);
  await publish(elsewhere.store, SHIPPED, {}, 'boss');
  const [id = 0] = await runningImports(place.store);
  const worker = await elsewhere.startWorker();
  onTestFinished(worker.stop);
  const { status, progress } = await over(await loadImport(place.store, id));
  expect({ status, ...progress }).toMatchObject({ status: 'done', rows: 3, closed: 3 });
});

it('is the one under way when it is begun twice; other files of its source have to wait', async () => {
  const files = exportOf(sampleLines(1, 'Won'));
  const one = await begin(files);
  const other = await begin(files);
  expect(other.import).toBe(one.import);
  const waiting = `import ${one.import} of other files of the same source is under way`;
  await expect(begin(exportOf([]))).rejects.toThrow(waiting);
});

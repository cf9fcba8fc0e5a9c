/** `serve --sample` says in plain lines what it does with the sample, and does it once. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { beginImport, readExportFiles } from '../../api/begin-import.ts';
import { importSample } from '../../cli/serve/import-sample.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { type ImportJob, loadImport, runningImports } from '../../store/imports/import-job.ts';
import type { ImportProgress } from '../../store/imports/import-progress.ts';
import { compiledWithout, exportOf, SAMPLE_MAPPING, SHIPPED } from '../mapping/shipped-mapping.ts';
import { eventually } from '../workers/eventually.ts';
import { makePlace, type Place } from '../workers/place.ts';

let place: Place;

// Nobody works on the imports: the tests say themselves how far they are.
beforeAll(async () => {
  place = await makePlace();
}, 60_000);
afterAll(() => place.close());
beforeEach(() => place.store.db.deleteFrom('imports').execute());

interface Sampling {
  readonly said: readonly Text[];
  readonly over: Promise<void>;
  readonly stop: AbortController;
}

function sample(set: PlaybookSet = SHIPPED): Sampling {
  const { store, entities } = place;
  const said: Text[] = [];
  const stop = new AbortController();
  return { said, stop, over: importSample({ store, entities, set }, (line) => said.push(line), stop.signal) };
}

const english = ({ said }: Sampling): string[] => said.map((line) => line.en);

async function underWay(): Promise<ImportJob> {
  const id = await eventually('the import is recorded', async () => (await runningImports(place.store))[0]);
  return loadImport(place.store, id);
}

async function put(job: ImportJob, progress: Partial<ImportProgress>, status = 'running'): Promise<void> {
  await place.store.db
    .updateTable('imports')
    .set({ progress: JSON.stringify({ ...job.progress, ...progress }), status: status === 'done' ? 'done' : 'running' })
    .where('id', '=', job.import)
    .execute();
}

test('it tells each phase, and at the end what came in; the next start finds it there', async () => {
  const sampling = sample();
  const job = await underWay();
  expect(job).toMatchObject({ mapping: 'crm-sample', started_by: 'admin', progress: { rows: 8800 } });
  await eventually('the beginning is told', () => sampling.said.length >= 2);
  await put(job, { phase: 'cases', done: 200 });
  await eventually('the rows are told', () => sampling.said.length >= 3);
  await put(job, { phase: 'done', opened: 2089, closed: 6711, people: 44, late: { 1: 2, 4: 3 }, digests: 36 }, 'done');
  await sampling.over;
  expect(english(sampling)).toEqual([
    'importing the sample: 8800 opportunities (about a minute)',
    '  people join…',
    '  cases 200 of 8800',
    'the sample is in: 2089 running cases, 6711 finished ones, 44 people',
    '  5 of them are stalled already; 36 people got one digest each',
  ]);

  const again = sample();
  await again.over;
  expect(english(again)).toEqual(['the sample data is there already']);
  expect(again.said[0]?.zh).toBe('样例数据已在');
});

test('it goes on with an import under way, and stops waiting when it is told to', async () => {
  const first = sample();
  const job = await underWay();
  first.stop.abort();
  await first.over;
  await put(job, { phase: 'workflows', done: 8800, opened: 2089, workflows_started: 250 });
  const second = sample();
  await eventually('it is told', () => second.said.length >= 2);
  expect(english(second)).toEqual(['going on with the import of the sample', '  workflows started 250 of 2089']);
  second.stop.abort();
  await second.over;
  expect(await runningImports(place.store)).toEqual([job.import]);
});

test('it says why an import failed', async () => {
  const sampling = sample();
  const job = await underWay();
  const failure = { zh: '映射不在了', en: 'the mapping is gone' };
  await place.store.db
    .updateTable('imports')
    .set({ progress: JSON.stringify({ ...job.progress, failure }), status: 'failed' })
    .execute();
  await sampling.over;
  expect(english(sampling).at(-1)).toBe('the sample did not come in whole: the mapping is gone');
});

test('it says what keeps it from importing, and lets serve go on', async () => {
  const without = sample(compiledWithout('crm-sample.yaml'));
  await without.over;
  expect(english(without)).toEqual(['no sample: the playbooks have no mapping `crm-sample`']);

  const files = exportOf([]);
  await beginImport(place, await readExportFiles(place.store, SAMPLE_MAPPING, files), files, 'admin');
  const busy = sample();
  await busy.over;
  expect(english(busy)).toEqual([expect.stringMatching(/^the sample is not imported: import \d+ of other files/)]);
});

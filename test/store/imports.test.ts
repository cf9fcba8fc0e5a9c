/** Batches of an import on a real database: each row comes in once, whatever happens between and beside the batches. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { importBatch, ROWS_A_BATCH } from '../../store/imports/import-batch.ts';
import { createImport, finishedImport, loadImport } from '../../store/imports/import-job.ts';
import { rehearseImport } from '../../store/imports/rehearse-import.ts';
import type { Store } from '../../store/open-store.ts';
import { listPeople } from '../../store/people.ts';
import { caseById } from '../../store/read-case.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import {
  compiledWith,
  exportOf,
  SAMPLE_FILES,
  SAMPLE_MAPPING,
  SHIPPED,
  SHIPPED_PLAYBOOKS,
  sampleLines,
  tablesIn,
} from '../mapping/shipped-mapping.ts';
import { eventsOf } from '../workers/journal.ts';
import { begin, finish, importAll, importStore, now, readFiles } from './import-store.ts';

let store: Store;

beforeAll(async () => {
  store = await importStore();
});
afterAll(() => store.close());

async function countOf(table: 'cases' | 'import_rows' | 'journal'): Promise<number> {
  const row = await store.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

it('takes all 8,800 rows of the sample, as the dry run said; again, and nothing changes', async () => {
  const read = readFiles(SAMPLE_FILES);
  const people = await listPeople(store);
  const begun = await begin(store, SAMPLE_FILES);
  const terms = {
    playbook: SHIPPED,
    people,
    shift_days: begun.job.shift_days,
    now: begun.job.started_at,
    actor: 'admin',
  };
  const foreseen = await rehearseImport(store, read, terms);
  expect(await countOf('cases')).toBe(0);
  const { progress } = await finish(store, begun);
  expect(progress).toMatchObject({
    done: 8800,
    opened: 2089,
    closed: 6711,
    unchanged: 0,
    changed: 0,
    bad: 0,
    problems: [],
  });
  expect({ ...progress, phase: 'done', people: 44 }).toEqual(foreseen);
  expect(await countOf('cases')).toBe(8800);
  expect(await countOf('import_rows')).toBe(8800);
  expect((await finishedImport(store, 'crm-sample', SAMPLE_FILES))?.import).toBe(begun.job.import);

  const journalled = await countOf('journal');
  const again = await importAll(store, SAMPLE_FILES);
  expect(again.progress).toMatchObject({ done: 8800, opened: 0, closed: 0, unchanged: 8800, changed: 0, bad: 0 });
  expect(again.shift_days).toBe(begun.job.shift_days);
  expect(await countOf('journal')).toBe(journalled);
  const findings: unknown[] = [];
  await verifyJournal(store, { report: (finding) => findings.push(finding) });
  expect(findings).toEqual([]);
}, 180_000);

it('invents no history: a closed case has opened, closed and finished, an open one stands where it was mapped', async () => {
  const closed = await eventsOf(store, 'case', '1C1I7A6R');
  expect(closed.map((event) => event.event)).toEqual(['case_opened', 'won', 'finished']);
  expect(closed[1]).toMatchObject({ happened_at: expect.stringMatching(/^\d{4}-/) });
  const { state } = (await caseById(store, '1C1I7A6R')) ?? {};
  expect(state).toMatchObject({ status: 'won', finished: true, ungated: true });

  const [line] = sampleLines(1, 'Engaging');
  const open = (await caseById(store, line?.split(',')[0] ?? ''))?.state;
  expect(open).toMatchObject({ status: 'open', finished: false, stage: 'potential', opened_stage: 'target' });
  expect(open?.debts.map((debt) => debt.stage)).toContain('target');
  expect(open?.facts['amount']).toMatchObject({ mark: 'estimated' });
  expect(open?.clock.stall).toMatchObject({ fired: 4, demanded: true });
});

it('tells rows that changed since, and leaves their cases as they are', async () => {
  const [first = '', second = ''] = sampleLines(2, 'Won');
  const id = first.split(',')[0] ?? '';
  const before = await caseById(store, id);
  const { progress } = await importAll(store, exportOf([first.replace(/[^,]*$/, '99999'), second]));
  expect(progress).toMatchObject({ opened: 0, closed: 0, unchanged: 1, changed: 1, bad: 0 });
  expect(progress.problems).toEqual([
    {
      file: 'sales_pipeline.csv',
      line: 2,
      message: {
        zh: `\`${id}\` 与上次导入不同；案件保持原样`,
        en: `\`${id}\` differs from its last import; the case is left as it is`,
      },
    },
  ]);
  expect(await caseById(store, id)).toEqual(before);
});

it('lets one of two attempts at the same batch through, and undoes the other whole', async () => {
  const lines = sampleLines(30, 'Engaging').map((line) => `twice-${line}`);
  const begun = await begin(store, exportOf(lines));
  const attempt = (): Promise<unknown> => importBatch(store, begun.job, begun.read, begun.rowAt, now());
  const results = await Promise.allSettled([attempt(), attempt()]);
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await loadImport(store, begun.job.import)).progress).toMatchObject({
    done: 30,
    opened: 30,
    unchanged: 0,
    bad: 0,
  });
  await expect(attempt()).rejects.toThrow();
  expect((await loadImport(store, begun.job.import)).progress).toMatchObject({
    done: 30,
    opened: 30,
    unchanged: 0,
    bad: 0,
  });
  await finish(store, { ...begun, job: await loadImport(store, begun.job.import) });
});

it('gives a case another id where a case of another source has the row’s own', async () => {
  const [line = ''] = sampleLines(1, 'Won');
  const id = line.split(',')[0] ?? '';
  const shipped = SHIPPED_PLAYBOOKS.find(({ path }) => path === 'crm-sample.yaml')?.text ?? '';
  const set = compiledWith({
    path: 'other-crm.yaml',
    text: shipped.replace('mapping: crm-sample', 'mapping: other-crm'),
  });
  const { progress } = await finish(store, await begin(store, exportOf([line]), set, 'other-crm'));
  expect(progress).toMatchObject({ closed: 1, bad: 0 });
  const rows = await store.db
    .selectFrom('import_rows')
    .selectAll()
    .where('external_id', '=', id)
    .orderBy('mapping')
    .execute();
  expect(rows.map((row) => [row.mapping, row.case_id])).toEqual([
    ['crm-sample', id],
    ['other-crm', expect.stringMatching(new RegExp(`^${id}-[0-9a-f]{6}$`))],
  ]);
  expect((await caseById(store, rows[1]?.case_id ?? ''))?.state.status).toBe('won');
});

it('tells what the case decider has against a row in the column it came from, and imports the rest of the batch', async () => {
  const [good = '', ...others] = sampleLines(4, 'Won').map((line) => `bad-${line}`);
  const cells = others.map((line) => line.split(','));
  const [huge = [], negative = [], long = []] = cells;
  const lines = [
    huge.with(7, '999999999999999').join(','),
    negative.with(3, 'x'.repeat(400)).join(','),
    good,
    long.with(7, '1.234567').join(','),
  ];
  const { progress } = await importAll(store, exportOf(lines));
  expect(progress).toMatchObject({ rows: 4, closed: 2, bad: 2 });
  expect(progress.problems.map((one) => [one.line, one.column])).toEqual([
    [2, 'close_value'],
    [3, 'account, product'],
  ]);
});

it('counts more bad rows than it keeps', async () => {
  const lines = Array.from({ length: ROWS_A_BATCH + 50 }, (_, index) => `n${index},Nobody,GTX Pro,,Engaging,,,`);
  const { progress } = await importAll(store, exportOf(lines));
  expect(progress).toMatchObject({ rows: 250, done: 250, bad: 250 });
  expect(progress.problems).toHaveLength(200);
});

it('knows an import that runs already, of the same files or of others', async () => {
  const wanted = (line: string) => ({
    mapping: 'crm-sample',
    source: 'another.csv',
    files: exportOf([line]),
    tables: tablesIn(SAMPLE_MAPPING, exportOf([line])),
    shift_days: 3,
    rows: 1,
    started_by: 'admin',
  });
  const all = await Promise.all([1, 2, 3].map(() => createImport(store, wanted('a'))));
  expect(all.map(({ is }) => is).sort()).toEqual(['new', 'same', 'same']);
  expect(new Set(all.map(({ job }) => job.import)).size).toBe(1);
  expect(await createImport(store, wanted('b'))).toMatchObject({ is: 'other', job: { import: all[0]?.job.import } });
  const { job } = await createImport(store, { ...wanted('a'), source: 'third.csv', shift_days: 9 });
  expect(job.shift_days).toBe(9);
});

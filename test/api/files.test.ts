/** Files of cases: uploaded, named by evidence, bound by the journal, given to those who may see the case and to nobody else. */

import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openFileStore } from '../../store/files/file-store.ts';
import { FILE_TYPES } from '../../store/files/file-types.ts';
import { journalOf } from '../../store/journal-of.ts';
import { filesWith, step } from '../case/approval-fixture.ts';
import { runCli } from '../cli/run-cli.ts';
import { DOCX, PDF, sha256Of } from '../files/samples.ts';
import { eventually } from '../workers/eventually.ts';
import { startApi, type TestApi, type Who } from './start-api.ts';

const MAX_BYTES = 200_000;

let folder: string;
let api: TestApi;
let id: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playrail-test-files-'));
  const store = openFileStore({ kind: 'folder', folder });
  api = await startApi({ files: { store, limits: { maxBytes: MAX_BYTES, endings: Object.keys(FILE_TYPES) } } });
  id = await api.open();
}, 60_000);

afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

interface Upload {
  readonly as?: Who | 'nobody';
  readonly name?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly more?: string;
  readonly to?: string;
}

/** Bytes as a client sends them; its answers are held to the document as all others. */
function upload(
  bytes: Buffer | string,
  { as = 'liu', name = 'visit.pdf', headers = {}, more = '', to = id }: Upload = {},
) {
  const path = `/v1/cases/${to}/files?name=${encodeURIComponent(name)}${more}`;
  const type = { 'content-type': 'application/octet-stream', ...headers };
  return api.ask(path, { method: 'POST', as, raw: bytes as string, key: null, headers: type });
}

async function download(sha256: string, as: Who = 'liu', from = id): Promise<Response> {
  return fetch(`${api.url}/v1/cases/${from}/files/${sha256}`, {
    headers: { authorization: `Bearer ${api.keyOf(as)}` },
  });
}

async function filesBelow(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

const visit = (report: unknown) => ({
  command: 'submit_evidence',
  evidence: 'first-visit',
  fields: { visited_on: '2026-10-01', report },
});

it('is uploaded, named by evidence, and given back as it was, to be saved', async () => {
  const sent = await upload(PDF, { name: '拜访 "A".pdf', headers: { 'content-type': 'application/pdf' } });
  expect(sent.status).toBe(201);
  const known = { sha256: sha256Of(PDF), name: '拜访 "A".pdf', size: PDF.length, type: 'application/pdf' };
  expect(sent.body).toMatchObject({ ...known, uploaded_by: { person: 'liu', name: '刘伟' } });
  expect((await upload(PDF, { name: 'again.pdf' })).status).toBe(200);
  expect((await api.ask(`/v1/cases/${id}/files`)).body.items).toEqual([sent.body]);

  expect((await api.command(id, visit(known.sha256))).status).toBe(200);
  const shown = await api.ask(`/v1/cases/${id}`, { as: 'zhang' });
  expect(shown.body.evidence[0].fields.report).toEqual(known);

  const got = await download(known.sha256, 'zhang');
  expect(Buffer.from(await got.arrayBuffer())).toEqual(PDF);
  expect(got.headers.get('content-type')).toBe('application/octet-stream');
  expect(got.headers.get('x-content-type-options')).toBe('nosniff');
  expect(got.headers.get('content-disposition')).toMatch(/^attachment; filename=".*"; filename\*=UTF-8''%E6%8B%9C/);
  expect(got.headers.get('content-length')).toBe(String(PDF.length));
  expect(got.headers.get('cache-control')).toContain('no-store');
});

it('the chained entry holds the hash, and its name lies apart', async () => {
  const [entry] = (await journalOf(api.store, 'case', id, 1, 1)).map((line) => line.entry);
  expect(entry?.events?.[0]).toMatchObject({ entry: { fields: { report: { sha256: sha256Of(PDF) } } } });
  const row = await api.store.db
    .selectFrom('journal')
    .select('text')
    .where('entity', '=', id)
    .where('seq', '=', 2)
    .executeTakeFirstOrThrow();
  expect(row.text).toContain(sha256Of(PDF));
  expect(row.text).not.toContain('拜访');
  expect((await api.ask('/v1/audit/verify', { as: 'admin' })).body.ok).toBe(true);
});

it('the form it is kept in may be sent again, but name and size are the store’s', async () => {
  const forged = { sha256: sha256Of(PDF), name: 'another.pdf', size: 1, type: 'text/html' };
  expect((await api.command(id, visit(forged))).status).toBe(200);
  const shown = await api.ask(`/v1/cases/${id}`);
  expect(shown.body.evidence[0].fields.report).toMatchObject({ name: '拜访 "A".pdf', size: PDF.length });
});

describe('evidence that names', () => {
  test.each([
    ['a file that nobody uploaded', 'f'.repeat(64), 'file-unknown'],
    ['no hash at all', 'visit.pdf', 'wrong-type'],
    ['a hash in capitals', sha256Of(PDF).toUpperCase(), 'wrong-type'],
    ['a hash with something more', { sha256: sha256Of(PDF), path: '/etc/passwd' }, 'wrong-type'],
    ['a list', [sha256Of(PDF)], 'wrong-type'],
  ])('%s is invalid, with a hint', async (_what, report, code) => {
    const answer = await api.command(id, visit(report));
    expect(answer.status).toBe(422);
    expect(answer.body.problems).toEqual([
      {
        code,
        path: '/fields/report',
        message: { zh: expect.stringContaining('上传'), en: expect.stringContaining('upload') },
      },
    ]);
  });

  it('a file of another case is invalid', async () => {
    const other = await api.open();
    const answer = await api.command(other, visit(sha256Of(PDF)));
    expect([answer.status, answer.body.problems[0].code]).toEqual([422, 'file-unknown']);
    expect((await download(sha256Of(PDF), 'liu', other)).status).toBe(404);
  });
});

describe('nobody but who may', () => {
  it('see the case gets, lists or uploads', async () => {
    expect((await download(sha256Of(PDF), 'anna')).status).toBe(403);
    expect((await api.ask(`/v1/cases/${id}/files`, { as: 'anna' })).status).toBe(403);
    expect((await upload(PDF, { as: 'anna' })).status).toBe(403);
    expect((await upload(PDF, { as: 'nobody' })).status).toBe(401);
    expect((await upload(PDF, { to: 'c-nowhere' })).status).toBe(404);
  });

  it('answer a form may upload: an administrator who sees all may not', async () => {
    const answer = await upload(PDF, { as: 'admin' });
    expect(answer.body).toMatchObject({ status: 403, problems: [{ code: 'no-right' }] });
    expect((await upload(DOCX, { as: 'zhang', name: 'a.docx' })).status).toBe(201);
  });
});

describe('is refused, and nothing of it is kept', () => {
  const base64 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64');
  test.each<[string, Buffer, Upload, number, string]>([
    ['by another digest', Buffer.from('%PDF-1'), { more: `&sha256=${'0'.repeat(64)}` }, 422, 'file-digest-differs'],
    [
      'by another digest in the header',
      Buffer.from('%PDF-2'),
      { headers: { 'content-digest': `sha-256=:${base64(PDF)}:` } },
      422,
      'file-digest-differs',
    ],
    [
      'by a digest that says nothing',
      Buffer.from('%PDF-3'),
      { headers: { 'content-digest': 'md5=:AAAA:' } },
      400,
      'digest-unreadable',
    ],
    ['by its size', Buffer.concat([PDF, Buffer.alloc(MAX_BYTES)]), {}, 413, 'file-too-large'],
    ['by its kind', Buffer.from('MZ'), { name: 'a.exe' }, 415, 'file-type-not-taken'],
    ['by its bytes', Buffer.from('<script>alert(1)</script>'), { name: 'a.pdf' }, 422, 'file-not-as-named'],
    [
      'by its Content-Type',
      Buffer.from('%PDF-4'),
      { headers: { 'content-type': 'text/html' } },
      422,
      'file-not-as-announced',
    ],
    ['when it is empty', Buffer.alloc(0), {}, 422, 'file-empty'],
    ['by its name', Buffer.from('%PDF-5'), { name: '../../a.pdf' }, 422, 'file-name-unfit'],
  ])('%s', async (_what, bytes, how, status, code) => {
    const before = await filesBelow();
    const answer = await upload(bytes, how);
    expect([answer.status, answer.body.problems?.[0]?.code]).toEqual([status, code]);
    expect(await filesBelow()).toEqual(before);
    expect((await api.ask(`/v1/cases/${id}/files`)).body.items).toHaveLength(2);
  });

  it('by its size where that was not announced', async () => {
    const before = await filesBelow();
    async function* endless() {
      yield PDF;
      for (let sent = 0; sent < MAX_BYTES * 2; sent += 10_000) yield Buffer.alloc(10_000, 'x');
    }
    const answer = await fetch(`${api.url}/v1/cases/${id}/files?name=a.pdf`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.keyOf('liu')}` },
      body: Readable.toWeb(Readable.from(endless())) as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    expect(await answer.json()).toMatchObject({ status: 413, problems: [{ code: 'file-too-large' }] });
    expect(await filesBelow()).toEqual(before);
  });

  it('packed, which would be kept as it came', async () => {
    expect((await upload(PDF, { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
  });

  it('when its sender hangs up in the middle', async () => {
    const before = await filesBelow();
    const request = httpRequest(`${api.url}/v1/cases/${id}/files?name=a.pdf`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.keyOf('liu')}`, 'content-length': '100000' },
    });
    request.on('error', () => undefined);
    request.write(PDF);
    await eventually('it is on its way', async () => (await filesBelow()).length > before.length);
    request.destroy();
    await eventually('it is gone', async () => (await filesBelow()).length === before.length);
  });
});

it('whose bytes were changed or lost where they lie is never given out', async () => {
  const bytes = Buffer.concat([PDF, Buffer.alloc(150_000, 'a')]);
  const { sha256 } = (await upload(bytes, { name: 'large.pdf' })).body;
  const path = join(folder, sha256.slice(0, 2), sha256);
  await writeFile(path, Buffer.concat([PDF, Buffer.alloc(150_000, 'b')]));
  const broken = await download(sha256);
  await expect(broken.arrayBuffer()).rejects.toThrow();
  await writeFile(path, 'short');
  expect(await (await download(sha256)).json()).toMatchObject({ status: 500, cause: 'file-damaged' });
  await rm(path);
  expect(await (await download(sha256)).json()).toMatchObject({ status: 500, cause: 'file-damaged' });
});

it('goes by the command line too: `do --with …=@file` uploads and submits, `file` brings it back', async () => {
  const mine = await api.open();
  const cli = (...args: string[]) =>
    runCli(args, { cwd: folder, env: { PLAYRAIL_URL: api.url, PLAYRAIL_KEY: api.keyOf('liu') } });
  await writeFile(join(folder, 'report.pdf'), PDF);
  const submit = ['submit_evidence', 'first-visit', '--with', 'visited_on=2026-10-01'];
  const done = await cli('do', mine, ...submit, '--with', 'report=@report.pdf');
  expect([done.code, done.err]).toEqual([0, '']);
  expect(done.out).toContain('uploaded report.pdf');
  expect((await cli('case', mine)).out).toContain(`file report.pdf  ${sha256Of(PDF).slice(0, 12)}`);
  expect((await cli('attach', mine, 'report.pdf')).out.split('\n')[0]).toBe(sha256Of(PDF));
  expect((await cli('file', mine)).out).toContain('report.pdf');
  const fetched = await cli('file', mine, sha256Of(PDF).slice(0, 8), '--out', 'back.pdf');
  expect([fetched.code, fetched.err]).toEqual([0, '']);
  expect(await readFile(join(folder, 'back.pdf'))).toEqual(PDF);
  const again = await cli('file', mine, sha256Of(PDF), '--out', 'back.pdf');
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already')]);
  const absent = await cli('do', mine, ...submit, '--with', 'report=@absent.pdf');
  expect([absent.code, absent.err]).toEqual([2, expect.stringContaining(`report:='"@absent.pdf"'`)]);
  const wrong = await cli('attach', mine, 'back.pdf', '--key', api.keyOf('anna'));
  expect(wrong.code).toBe(1);
  for (const name of ['report.pdf', 'back.pdf']) await rm(join(folder, name));
});

it('an API without a place for files says so, and everything else goes on', async () => {
  const bare = await startApi();
  try {
    const there = await bare.open();
    const path = `/v1/cases/${there}/files`;
    const answer = await bare.ask(`${path}?name=a.pdf`, { method: 'POST', raw: 'x', key: null });
    expect(answer.body).toMatchObject({ status: 409, detail: expect.stringContaining('PLAYRAIL_FILES') });
    expect((await bare.ask(path)).body.items).toEqual([]);
  } finally {
    await bare.stop();
  }
});

test('the reviewer of a text file sees line by line what has changed since it was reviewed', async () => {
  const steps = step('s', 'ask: manager', 'binds: [ { evidence: draft } ]');
  const playbooks = filesWith(steps).map((file) => ({
    ...file,
    text: file.text.replace('fields: { link: { type: text,', 'fields: { link: { type: file,'),
  }));
  const store = openFileStore({ kind: 'folder', folder });
  const review = await startApi({
    playbooks,
    files: { store, limits: { maxBytes: MAX_BYTES, endings: Object.keys(FILE_TYPES) } },
  });
  try {
    const facts = { amount: '5万 CNY', discount: '1%' };
    const opened = await review.ask('/v1/cases', { body: { title: 'Deal', pipeline: 'deal', owner: 'liu', facts } });
    const deal: string = opened.body.case;
    const draft = async (text: string): Promise<void> => {
      const path = `/v1/cases/${deal}/files?name=contract.txt`;
      const headers = { 'content-type': 'application/octet-stream' };
      const sent = await review.ask(path, { method: 'POST', raw: text, key: null, headers });
      await review.command(deal, { command: 'submit_evidence', evidence: 'draft', fields: { link: sent.body.sha256 } });
    };
    await draft('1. Scope\n2. Payment within 30 days\n3. 违约金 1%');
    await review.command(deal, { command: 'request_approval', approval: 'sign' });
    const seen = async () => (await review.ask(`/v1/cases/${deal}`, { as: 'zhang' })).body.approvals[0].steps[0];
    await review.command(deal, { command: 'approve', approval: 'sign', digest: (await seen()).digest }, 'zhang');
    await draft('1. Scope\n2. Payment within 60 days\n3. 违约金 1%');
    await review.command(deal, { command: 'resubmit', approval: 'sign', how: 'changed_only' });
    const [change] = (await seen()).changes;
    expect(change.text.en).toContain('1 lines removed, 1 added');
    expect(change.lines).toEqual([
      { change: 'kept', line: '1. Scope' },
      { change: 'removed', line: '2. Payment within 30 days' },
      { change: 'added', line: '2. Payment within 60 days' },
      { change: 'kept', line: '3. 违约金 1%' },
    ]);
  } finally {
    await review.stop();
  }
}, 60_000);

/** A file is kept whole, once, and as what it says it is, or not at all. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it, onTestFinished, test } from 'vitest';
import { FileRefused } from '../../store/files/file-refused.ts';
import { type FileStore, openFileStore } from '../../store/files/file-store.ts';
import { FILE_TYPES } from '../../store/files/file-types.ts';
import { NotTheseBytes, provenBytes } from '../../store/files/proven-bytes.ts';
import { type AnnouncedFile, clearIncoming, receiveFile } from '../../store/files/receive-file.ts';
import { eventually } from '../workers/eventually.ts';
import { temporaryFolder } from '../workers/temporary-folder.ts';
import { S3_KEY, startLookAlike } from './s3-look-alike.ts';
import { DOC, DOCX, inPieces, PDF, PNG, PROGRAM, sha256Of, XLSX, zipOf } from './samples.ts';

const LIMITS = { maxBytes: 1_000_000, endings: Object.keys(FILE_TYPES) };

let folder: string;
let store: FileStore;

beforeEach(async () => {
  folder = await temporaryFolder();
  store = openFileStore({ kind: 'folder', folder });
});

const receive = (bytes: Buffer, announced: Partial<AnnouncedFile> = {}, limits = LIMITS) =>
  receiveFile(store, inPieces(bytes), { name: 'contract.pdf', type: '', ...announced }, limits);

/** Every file below the folder, whatever it is. */
async function filesBelow(path = folder): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FileRefused)) throw new Error(`no refusal: ${String(error)}`);
  expect(error.text.zh).toMatch(/\p{Script=Han}/u);
  return error.code;
}

it('is known by the hash of its bytes, with name, size and type; what is read back is what was sent', async () => {
  const kept = await receive(PDF, { type: 'application/pdf; charset=binary', name: '合同 2026.pdf' });
  expect(kept).toEqual({ sha256: sha256Of(PDF), name: '合同 2026.pdf', size: PDF.length, type: 'application/pdf' });
  const bytes = await store.read(kept.sha256);
  expect(bytes && (await buffer(bytes))).toEqual(PDF);
  expect(await filesBelow()).toEqual([kept.sha256]);
  expect(await store.read('0'.repeat(64))).toBeUndefined();
});

it('the same content twice, under two names, lies there once', async () => {
  const first = await receive(PDF);
  const second = await receive(PDF, { name: 'copy.pdf' });
  expect(second.sha256).toBe(first.sha256);
  expect(await filesBelow()).toEqual([first.sha256]);
});

it('twenty uploads of the same content at once are one file, whole', async () => {
  const big = Buffer.concat([PDF, Buffer.alloc(300_000, 'x')]);
  const all = await Promise.all(
    Array.from({ length: 20 }, () => receiveFile(store, inPieces(big, 4_096), { name: 'a.pdf', type: '' }, LIMITS)),
  );
  expect(new Set(all.map(({ sha256 }) => sha256))).toEqual(new Set([sha256Of(big)]));
  expect(await filesBelow()).toEqual([sha256Of(big)]);
  expect(await readFile(join(folder, sha256Of(big).slice(0, 2), sha256Of(big)))).toEqual(big);
});

it('that differs from what was announced is refused, and nothing is kept', async () => {
  expect(await refusalOf(receive(PDF, { sha256: sha256Of(PNG) }))).toBe('file-digest-differs');
  expect(await filesBelow()).toEqual([]);
  expect((await receive(PDF, { sha256: sha256Of(PDF) })).size).toBe(PDF.length);
});

it('that breaks off leaves nothing', async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield PDF;
    throw new Error('hung up');
  }
  await expect(receiveFile(store, broken(), { name: 'a.pdf', type: '' }, LIMITS)).rejects.toThrow('hung up');
  expect(await filesBelow()).toEqual([]);
});

test.each([
  ['more than may be', 'file-too-large', PDF, {}, { ...LIMITS, maxBytes: PDF.length - 1 }],
  ['announced as more than may be', 'file-too-large', PDF, { size: 2_000_000 }, LIMITS],
  ['nothing', 'file-empty', Buffer.alloc(0), {}, LIMITS],
  ['a kind that is not known', 'file-type-not-taken', PROGRAM, { name: 'setup.exe' }, LIMITS],
  [
    'a kind that the installation does not take',
    'file-type-not-taken',
    PNG,
    { name: 'a.png' },
    { ...LIMITS, endings: ['pdf'] },
  ],
  ['a name without an end', 'file-type-not-taken', PDF, { name: 'contract' }, LIMITS],
  ['a name that is only an end', 'file-type-not-taken', PDF, { name: '.pdf' }, LIMITS],
  [
    'a name of the prototype',
    'file-type-not-taken',
    PDF,
    { name: 'a.constructor' },
    { ...LIMITS, endings: ['constructor'] },
  ],
  ['a name that leads elsewhere', 'file-name-unfit', PDF, { name: '../a.pdf' }, LIMITS],
  ['a name written from right to left', 'file-name-unfit', PDF, { name: 'a\u202efdp.pdf' }, LIMITS],
  ['a name with a NUL', 'file-name-unfit', PDF, { name: 'a\0.pdf' }, LIMITS],
  ['a name that is too long', 'file-name-unfit', PDF, { name: `${'a'.repeat(200)}.pdf` }, LIMITS],
  ['a program called a PDF', 'file-not-as-named', PROGRAM, { name: 'contract.pdf' }, LIMITS],
  ['a workbook called a document', 'file-not-as-named', XLSX, { name: 'a.docx' }, LIMITS],
  ['any zip called a workbook', 'file-not-as-named', zipOf('a.txt'), { name: 'a.xlsx' }, LIMITS],
  ['bytes called a text', 'file-not-as-named', PROGRAM, { name: 'a.txt' }, LIMITS],
  ['one kind announced as another', 'file-not-as-announced', PDF, { type: 'text/html' }, LIMITS],
])('%s is refused and not kept', async (_what, code, bytes, announced, limits) => {
  expect(await refusalOf(receive(bytes, announced, limits))).toBe(code);
  expect(await filesBelow()).toEqual([]);
});

test.each([
  ['a.docx', DOCX],
  ['a.xlsx', XLSX],
  ['A.PNG', PNG],
  ['old.doc', DOC],
  ['notes.txt', Buffer.from('三点\r\n一\t二\n')],
  ['gbk.csv', Buffer.from('bfcdbba72c31300a', 'hex')],
  ['utf16.csv', Buffer.from('\ufeffa,b\n', 'utf16le')],
  ['发票.ofd', zipOf('OFD.xml', 'Doc_0/Document.xml')],
  ['text.odt', Buffer.concat([zipOf('mimetype'), Buffer.from('application/vnd.oasis.opendocument.text')])],
])('%s is what it says', async (name, bytes) => {
  expect(await receive(bytes, { name })).toMatchObject({ name, size: bytes.length });
});

describe('a process that dies in the middle of an upload', () => {
  const SCRIPT = `
    const [folder] = process.argv.slice(1);
    const { receiveFile } = await import('./dist/store/files/receive-file.js');
    const { openFileStore } = await import('./dist/store/files/file-store.js');
    async function* slow() {
      yield Buffer.from('%PDF-1.7 half of it');
      console.log('half');
      await new Promise(() => setInterval(() => undefined, 1_000));
    }
    await receiveFile(openFileStore({ kind: 'folder', folder }), slow(), { name: 'a.pdf', type: '' }, { maxBytes: 1e6, endings: ['pdf'] });
  `;

  function die(child: ChildProcess): Promise<void> {
    child.kill('SIGKILL');
    return new Promise((resolve) => child.once('close', () => resolve()));
  }

  it('leaves no half file where files are looked for, and what it leaves goes later', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, folder]);
    let out = '';
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      out += text.toString();
    });
    await eventually('half has arrived', () => out.includes('half') || (child.exitCode !== null && expect.fail(out)));
    await die(child);
    const [left = '', ...others] = await filesBelow();
    expect([left.endsWith('.part'), others]).toEqual([true, []]);
    // Another process may be at it: what is fresh stays.
    await clearIncoming(store, new Date());
    expect(await filesBelow()).toEqual([left]);
    const old = new Date(Date.now() - 2 * 3_600_000);
    await utimes(join(store.incoming, left), old, old);
    await clearIncoming(store, new Date());
    expect(await filesBelow()).toEqual([]);
  });
});

it('a full disk is told as that, and keeps nothing', async () => {
  const disk = await temporaryFolder();
  await promisify(execFile)('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
  onTestFinished(async () => void (await promisify(execFile)('umount', ['-l', disk])));
  const small = openFileStore({ kind: 'folder', folder: disk });
  const big = Buffer.concat([PDF, Buffer.alloc(300_000, 'x')]);
  await expect(receiveFile(small, inPieces(big, 4_096), { name: 'a.pdf', type: '' }, LIMITS)).rejects.toMatchObject({
    code: 'ENOSPC',
  });
  expect(await filesBelow(disk)).toEqual([]);
  expect(await receiveFile(small, inPieces(PDF), { name: 'a.pdf', type: '' }, LIMITS)).toMatchObject({
    size: PDF.length,
  });
});

describe('in a store that speaks S3', () => {
  const place = (endpoint: string) =>
    ({ kind: 's3', endpoint, bucket: 'files', prefix: 'playrail/', ...S3_KEY, incoming: folder }) as const;

  it('is signed, kept under its hash, read back, and not sent a second time', async () => {
    const s3 = await startLookAlike();
    store = openFileStore(place(s3.endpoint));
    const { sha256 } = await receive(PDF);
    const path = `/files/playrail/${sha256}`;
    expect(s3.objects).toEqual(new Map([[path, PDF]]));
    await receive(PDF, { name: 'again.pdf' });
    expect(s3.asked).toEqual([`HEAD ${path} 404`, `PUT ${path} 200`, `HEAD ${path} 200`]);
    const bytes = await store.read(sha256);
    expect(bytes && (await buffer(bytes))).toEqual(PDF);
    expect(await store.read('0'.repeat(64))).toBeUndefined();
    expect(await filesBelow()).toEqual([]);
    await store.check();
  });

  it('what the store does not let in, or does not answer, is a fault of the store that names it', async () => {
    const s3 = await startLookAlike();
    const stranger = openFileStore({ ...place(s3.endpoint), secret: 'wrong' });
    await expect(receiveFile(stranger, inPieces(PDF), { name: 'a.pdf', type: '' }, LIMITS)).rejects.toMatchObject({
      fault: 'file-store-away',
    });
    await expect(stranger.check()).rejects.toThrow(/403.*SignatureDoesNotMatch/s);
    expect(s3.objects.size).toBe(0);
    s3.failWith = { status: 503, body: '<Error><Code>SlowDown</Code></Error>' };
    await expect(openFileStore(place(s3.endpoint)).read(sha256Of(PDF))).rejects.toThrow('SlowDown');
    const nobody = openFileStore(place('http://127.0.0.1:9'));
    await expect(nobody.has(sha256Of(PDF))).rejects.toMatchObject({ fault: 'file-store-away' });
    expect(await filesBelow()).toEqual([]);
  });
});

it('bytes that are not those of the hash are never given whole', async () => {
  const given: Buffer[] = [];
  const proof = provenBytes(sha256Of(PDF));
  proof.on('data', (chunk: Buffer) => given.push(chunk));
  const failed = new Promise((resolve) => proof.on('error', resolve));
  proof.write(PDF.subarray(0, 10));
  proof.end(Buffer.from('something else'));
  expect(await failed).toBeInstanceOf(NotTheseBytes);
  expect(Buffer.concat(given)).toEqual(PDF.subarray(0, 10));
});

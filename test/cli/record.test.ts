/** The record as operators handle it at a terminal: backed up and restored, vouched for, followed, people erased from it. */

import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { auditPlace } from '../../store/audit/copies.ts';
import { resumeErasures } from '../../store/erase/erase-person.ts';
import { createKey } from '../../store/keys.ts';
import { breakableProxy } from '../api/breakable-proxy.ts';
import { startApi, type TestApi } from '../api/start-api.ts';
import { freshDatabase } from '../fresh-database.ts';
import { superuser } from '../store/tampering.ts';
import { eventually } from '../workers/eventually.ts';
import { temporaryFolder } from '../workers/temporary-folder.ts';
import { type CliResult, runCli, spawnCli } from './run-cli.ts';

let api: TestApi;
let key: string;
let data: string;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'playrail-record-'));
  api = await startApi({ audit: auditPlace(data, {}) });
  key = await createKey(api.store, 'admin', 'cli');
}, 60_000);
afterAll(async () => {
  await api.stop();
  await rm(data, { recursive: true, force: true });
});

const cli = (...words: readonly string[]): Promise<CliResult> => runCli([...words, '--url', api.url, '--key', key]);
const on = (databaseUrl: string, ...words: readonly string[]): Promise<CliResult> =>
  runCli(words, { env: { DATABASE_URL: databaseUrl } });

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

test('the record goes into a folder and comes back into an empty database; nothing is written over', async () => {
  const folder = await temporaryFolder();
  await api.open();
  const backup = join(folder, 'backup');
  const backed = await on(api.databaseUrl, 'backup', backup);
  expect(backed.code, backed.err).toBe(0);
  expect(backed.out).toMatch(/^backed up \d+ rows to .*\nnot in it: the signing key `audit-key.pem`/);
  const again = await on(api.databaseUrl, 'backup', backup);
  expect(again).toMatchObject({ code: 1, out: '' });
  expect(again.err).toContain(`\`${backup}\` is not empty\ngive each backup a folder of its own\n`);

  const target = await freshDatabase();
  const restored = await on(target, 'restore', backup);
  expect(restored.code, restored.err).toBe(0);
  expect(restored.out).toMatch(/^restored \d+ rows, backed up at 20.*\nnext: `playrail serve`/);
  const { code, out } = await on(target, 'audit', 'verify', '--local', '--data', folder);
  expect([code, out]).toEqual([0, expect.stringContaining('the journal is whole')]);
  const filled = await on(target, 'restore', backup, '--lang', 'zh');
  expect(filled).toMatchObject({ code: 1, err: expect.stringContaining('已有数据\n') });
  expect(filled.err).toContain('加 --replace');
  expect((await on(target, 'restore', backup, '--replace')).code).toBe(0);
  const used = await on(api.databaseUrl, 'restore', backup, '--replace');
  expect(used).toMatchObject({ code: 1, err: expect.stringContaining('Playrail is at work on the database') });
}, 60_000);

test('what cannot be restored, and a folder without a database, are refused before any server is started', async () => {
  const folder = await temporaryFolder();
  const backup = join(folder, 'backup');
  expect((await on(api.databaseUrl, 'backup', backup)).code).toBe(0);
  const fresh = join(folder, 'fresh');
  const none = await runCli(['restore', join(folder, 'nothing'), '--data', fresh]);
  expect(none).toMatchObject({ code: 1, out: '' });
  expect(none.err).toMatch(/^`.*nothing` is not a whole backup\nname the folder that `playrail backup` wrote.*\n$/);

  const manifest = join(backup, 'manifest.json');
  const whole = JSON.parse(await readFile(manifest, 'utf8'));
  await writeFile(manifest, JSON.stringify({ ...whole, form: 99 }));
  const newer = await runCli(['restore', backup, '--data', fresh]);
  expect(newer).toMatchObject({ code: 1, out: '' });
  expect(newer.err).toBe(
    'a newer Playrail wrote this backup (form 99)\nrestore it with the version that wrote it, or a later one; nothing was changed\n',
  );
  await writeFile(manifest, JSON.stringify(whole));
  await writeFile(join(backup, 'journal.jsonl.gz'), 'cut off');
  const damaged = await runCli(['restore', backup, '--data', fresh]);
  expect(damaged).toMatchObject({
    code: 1,
    err: expect.stringContaining('`journal.jsonl.gz` of the backup is damaged'),
  });

  for (const words of [
    ['backup', join(folder, 'other')],
    ['audit', 'verify', '--local'],
    ['audit', 'checkpoint', '--local'],
  ]) {
    const nowhere = await runCli([...words, '--data', fresh]);
    expect(nowhere).toMatchObject({ code: 3, out: '' });
    expect(nowhere.err).toBe(
      `there is no database in the folder \`${fresh}\`\nname the data folder of \`playrail serve\` with --data, or set DATABASE_URL\n`,
    );
  }
  expect(await isThere(fresh)).toBe(false);
}, 60_000);

test('checkpoints vouch for the journal, with the server and without it; what was changed behind them is found and never signed', async () => {
  const id = await api.open();
  const local = (...words: readonly string[]) => on(api.databaseUrl, 'audit', ...words, '--local', '--data', data);
  expect((await cli('audit', 'checkpoint')).out).toMatch(/^checkpoint 1: \d+ entities, \d+ entries\n$/);
  expect((await local('checkpoint')).out).toMatch(/^checkpoint 2: /);
  const shown = await runCli(['audit', 'key', '--data', data]);
  expect(shown.out).toMatch(/^[0-9a-f]+ \(signs now\)\n-----BEGIN PUBLIC KEY-----\n[^-]+-----END PUBLIC KEY-----\n$/);
  expect(shown.out).not.toContain('PRIVATE');
  const nowhere = await runCli(['audit', 'key', '--data', join(data, 'nothing')]);
  expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('name the data folder with --data') });

  const whole = /^the journal is whole: \d+ entities, \d+ entries\n2 checkpoints vouch for it up to 20/;
  expect(await cli('audit', 'verify')).toMatchObject({ code: 0, out: expect.stringMatching(whole) });
  expect(await local('verify')).toMatchObject({ code: 0, out: expect.stringMatching(whole) });

  expect((await runCli(['audit', 'rotate-key', '--data', data])).out).toMatch(/^the new key is [0-9a-f]+\n$/);
  expect((await cli('audit', 'checkpoint')).out).toMatch(/^checkpoint 3: /);
  const both = JSON.parse((await runCli(['audit', 'key', '--data', data, '--json'])).out).keys;
  expect(both.map((one: { signs: boolean }) => one.signs).sort()).toEqual([false, true]);

  // The last entry is gone, and the head set back: the chain alone would not tell.
  const cut = await api.store.db.transaction().execute(async (tx) => {
    const { rows } = await (await superuser(tx)).query(
      `delete from journal where kind = 'case' and entity = $1 returning seq`,
      [id],
    );
    return rows.length;
  });
  expect(cut).toBe(1);
  for (const verify of [() => cli('audit', 'verify'), () => local('verify')]) {
    const found = await verify();
    expect(found.code).toBe(1);
    expect(found.out).toContain(`- case/${id}`);
    expect(found.err).toMatch(/\d+ do not hold\n$/);
  }
  for (const sign of [() => cli('audit', 'checkpoint'), () => local('checkpoint')]) {
    const refused = await sign();
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('not signed');
  }
}, 60_000);

/** Resolves when somebody has come to an address where nobody answers. */
async function attemptInVain(address: string): Promise<void> {
  const server = createServer();
  const came = new Promise<void>((resolve) => {
    server.on('connection', (socket) => {
      socket.destroy();
      resolve();
    });
  });
  server.listen(Number(address.split(':')[1]), '127.0.0.1');
  await came;
  await new Promise((resolve) => server.close(resolve));
}

test('who follows the events goes on after the server was away, missing nothing and reading nothing twice', async () => {
  const { port } = new URL(api.url);
  const proxy = await breakableProxy({ host: '127.0.0.1', port: Number(port) });
  onTestFinished(proxy.close);
  const follower = spawnCli(['events', '--follow', '--json', '--url', `http://${proxy.address}`, '--key', key]);
  let out = '';
  follower.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  onTestFinished(() => void follower.kill('SIGKILL'));
  const seen = (id: string): string[] =>
    out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).entry)
      .filter((entry) => entry.entity.id === id)
      .map((entry) => `${entry.command_id}`);
  // Only what is to come: it has begun when something has.
  const id = await eventually('it follows', async () => {
    const opened = await api.open();
    return eventually('it is told', () => seen(opened).length > 0 && opened, 500).catch(() => undefined);
  });
  const task = (name: string) => api.command(id, { command: 'plan_task', title: name }, 'liu', name);
  await task('before');
  await eventually('it is told of that', () => seen(id).includes('before'));
  for (const name of ['away-1', 'away-2']) {
    await proxy.cut();
    await task(name);
    await attemptInVain(proxy.address);
    await proxy.mend();
    await eventually('it is told of what was meanwhile', () => seen(id).includes(name));
  }
  await task('after');
  await eventually('it is told of what comes', () => seen(id).includes('after'));
  expect(seen(id).slice(1)).toEqual(['before', 'away-1', 'away-2', 'after']);
  expect(follower.exitCode).toBeNull();
}, 60_000);

test('who cannot be reached from the first is told, as is a cursor that is none', async () => {
  const nobody = await runCli(['events', '--follow', '--url', 'http://127.0.0.1:9', '--key', key]);
  expect(nobody).toMatchObject({ code: 3, err: 'cannot reach http://127.0.0.1:9\n' });
  expect((await cli('events', '--follow', '--after', 'nonsense')).code).toBe(2);
});

test('somebody who has left is erased: what goes and what stays is said before, with why', async () => {
  const id = await api.open('anna');
  const early = await cli('people', 'erase', 'anna');
  expect(early.code).toBe(0);
  expect(early.out).toMatch(/Would go \(marked -\):\n {2}- about them: [1-9]\d*\n/);
  expect(early.out).toContain('Stays, and why:\n  their id: who approved, accepted and handed over must be told');
  expect(early.out).toContain('they have not left: let them leave first\n');
  const refused = await cli('people', 'erase', 'anna', '--yes');
  expect(refused).toMatchObject({ code: 1, out: '' });

  expect((await cli('people', 'leave', 'anna', '--successor', 'liu')).code).toBe(0);
  const preview = await cli('people', 'erase', 'anna', '--written', '--lang', 'zh');
  expect(preview.out).toMatch(/- 此人所写: [1-9]/);
  expect(preview.out).toContain('加 --yes 即抹除，不可撤回\n');
  let isDone = false;
  // As the worker's sweep does every minute.
  const sweeping = (async () => {
    while (!isDone) {
      await resumeErasures(api.store);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  })();
  const erased = await cli('people', 'erase', 'anna', '--written', '--yes');
  isDone = true;
  await sweeping;
  expect(erased.code, erased.err).toBe(0);
  expect((await cli('people', 'show', 'anna')).out).not.toContain('Snelling');
  expect((await cli('case', id)).out).not.toContain('东方公司');
  expect((await cli('people', 'erase', 'anna')).out).toContain('- about them: 0\n');
}, 60_000);

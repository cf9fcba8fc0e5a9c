/** `playrail serve` from the first start to the second, as somebody at a terminal sees it. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../workers/embedded/free-port.ts';
import { PLAYBOOKS } from '../api/playbooks.ts';
import { eventually } from '../workers/eventually.ts';
import { type CliResult, runCli, spawnCli } from './run-cli.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playrail-serve-'));
  // As root, PostgreSQL runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  await runMkdir('playbooks');
  for (const { path, text } of PLAYBOOKS) await writeFile(join(folder, 'playbooks', path), text);
  port = await freePort();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function runMkdir(name: string): Promise<unknown> {
  return promisify(execFile)('mkdir', ['-p', join(folder, name)]);
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  out(): string;
  err(): string;
}

function startServe(...args: readonly string[]): Running {
  const child = spawnCli(['serve', ...args], { cwd: folder });
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return { child, ended, out: () => out, err: () => err };
}

async function ready(serve: Running): Promise<void> {
  await eventually(
    'serve is ready',
    () => serve.out().includes('Ctrl-C stops it') || serve.child.exitCode !== null,
    60_000,
  );
  expect(serve.err()).toBe('');
  expect(serve.out()).toContain('Ctrl-C stops it');
}

const cli = (...args: readonly string[]): Promise<CliResult> => runCli(args, { cwd: folder });

/** Processes that have the data folder on their command line. */
async function processesOf(data: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((line) => line.includes(data));
}

const processes = (): Promise<string[]> => processesOf(join(folder, '.playrail'));

test('a first start prints the key once, client commands find the server, Ctrl-C stops all of it, a second start is as before', async () => {
  const first = startServe('--port', String(port));
  await ready(first);
  const [, key] = /administrator key \(shown this once\): (pr_[\w-]{43})/.exec(first.out()) ?? [];
  expect(key).toBeDefined();
  expect(first.out()).toContain(`Playrail is ready at http://127.0.0.1:${port}`);
  const left = join(folder, '.playrail', 'client.json');
  expect(JSON.parse(await readFile(left, 'utf8'))).toEqual({ url: `http://127.0.0.1:${port}`, key });
  expect((await stat(left)).mode & 0o777).toBe(0o600);

  // A second instance on the same folder is refused, and told where the first one is.
  const second = await cli('serve', '--port', String(await freePort()));
  expect(second.code).toBe(3);
  expect(second.err).toContain('is in use');
  expect(second.err).toContain(`http://127.0.0.1:${port}`);

  // The tour: a person, a case, a refusal with its reasons.
  expect((await cli('people', 'add', 'zhang', '--name', '张敏', '--role', 'manager')).code).toBe(0);
  const joined = await cli('people', 'add', 'liu', '--name', '刘伟', '--role', 'rep', '--manager', 'zhang');
  expect(joined.code).toBe(0);
  const opened = await cli('open', '东方公司', '--pipeline', 'deal', '--owner', 'liu', '--fact', 'amount=50万 CNY');
  expect(opened.code).toBe(0);
  const id = opened.out.split('\n')[0] ?? '';
  expect((await cli('cases')).out).toMatch(new RegExp(`${id}\\s+东方公司\\s+Lead\\s+open\\s+刘伟`));
  const refused = await cli('do', id, 'advance');
  expect(refused.code).toBe(1);
  expect(refused.out).toBe('');
  expect(refused.err).toContain('milestone `pain-found`');
  expect(refused.err).toContain('evidence First visit; missing');
  expect(refused.err).toContain('rule: deal.yaml:30:9');
  const json = await cli('do', id, 'advance', '--json');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ kind: 'refusal', reasons: [{}, {}] });
  expect((await cli('explain', id)).out).toContain('[submit_evidence first-visit --with ');
  expect((await cli('case', 'nothing')).code).toBe(2);
  expect((await cli('case', id, '--lang', 'zh')).out).toContain('里程碑');
  expect((await cli('audit', 'verify')).out).toContain('the journal is whole');
  expect((await cli('doctor')).out).toContain(`Playrail runs at http://127.0.0.1:${port}`);

  // npm hands on a Ctrl-C that the terminal has sent already: twice at once is once.
  first.child.kill('SIGINT');
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  expect(first.out()).toMatch(/stopping.*\nstopped\n$/);
  expect(first.err()).toBe('');
  expect(await processes()).toEqual([]);

  await writeFile(join(folder, 'playbooks', 'deal.yaml'), edited());
  const again = startServe('--port', String(port));
  await ready(again);
  expect(again.out()).not.toContain('administrator key');
  expect(again.out()).toContain(
    'published a new set of playbooks for new cases only; 1 running cases keep their rules',
  );
  expect(again.out()).toContain('changed rules: deal');
  const shown = await cli('case', id);
  expect(shown.out).toContain('runs under earlier rules');
  again.child.kill('SIGTERM');
  expect(await again.ended).toBe(0);
}, 120_000);

/** Another criterion: the rules are others. */
function edited(): string {
  const deal = PLAYBOOKS.find((file) => file.path === 'deal.yaml')?.text ?? '';
  return deal.replace('at_least: 10万 CNY', 'at_least: 20万 CNY');
}

test('Ctrl-C in the middle of a start stops what has been started', async () => {
  const serve = startServe('--port', String(port));
  await eventually('the start has begun', () => serve.out().includes('starting the database'), 30_000);
  serve.child.kill('SIGINT');
  expect(await serve.ended).toBe(0);
  expect(serve.out()).not.toContain('is ready at');
  expect(await processes()).toEqual([]);
}, 90_000);

test('a port in use is told before anything is started', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => holder.close(() => resolve())));
  const address = holder.address();
  const taken = typeof address === 'object' ? address?.port : undefined;
  const result = await cli('serve', '--data', 'other', '--port', String(taken));
  expect(result).toMatchObject({ code: 3, out: '' });
  expect(result.err).toBe(`port ${taken} is in use\nchoose another with --port, or stop what uses it\n`);
  await expect(stat(join(folder, 'other'))).rejects.toThrow('ENOENT');
});

test('playbooks with errors are shown with their places, and nothing is started', async () => {
  await runMkdir('wrong');
  for (const { path, text } of PLAYBOOKS) {
    await writeFile(
      join(folder, 'wrong', path),
      text.replace('ladder: quiet\n    evidence', 'ladder: quite\n    evidence'),
    );
  }
  const result = await cli('serve', '--data', 'other', '--playbooks', 'wrong');
  expect(result).toMatchObject({ code: 1, out: '' });
  expect(result.err).toMatch(/deal\.yaml:19:13: error: .*`quite`/);
  expect(result.err).toContain('nothing was started');
  const missing = await cli('serve', '--data', 'other', '--playbooks', 'nowhere');
  expect(missing.err).toContain('there is no playbook folder `nowhere`');
  await expect(stat(join(folder, 'other'))).rejects.toThrow('ENOENT');
});

test('doctor tells what is not well, and what to do', async () => {
  await writeFile(join(folder, 'a-file'), '');
  const result = await runCli(['doctor', '--data', 'a-file', '--playbooks', 'nowhere', '--json'], {
    cwd: folder,
    env: { DATABASE_URL: 'postgres://127.0.0.1:9/x', TEMPORAL_ADDRESS: '127.0.0.1:9' },
  });
  expect(result.code).toBe(1);
  const { ok, checks } = JSON.parse(result.out);
  expect(ok).toBe(false);
  const ill = checks.filter((check: { state: string }) => check.state === 'ill');
  expect(ill.map((check: { what: string }) => check.what)).toEqual([
    'data_folder',
    'files',
    'postgres',
    'temporal',
    'playbooks',
  ]);
  for (const check of ill) expect(check.hint.en).not.toBe('');
});

test.each(['SIGKILL', 'SIGTERM'] as const)('nothing of `npm start` stays when npm ends by %s', async (signal) => {
  const data = join(folder, `started-by-npm-${signal}`);
  const playbooks = join(folder, 'playbooks');
  const args = ['start', '--', '--data', data, '--port', String(await freePort()), '--playbooks', playbooks];
  const npm = spawn('npm', args, { cwd: ROOT, env: { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: '' } });
  let out = '';
  npm.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await eventually('serve is ready', () => out.includes('Ctrl-C stops it') || npm.exitCode !== null, 60_000);
  expect(await processesOf(data)).not.toEqual([]);
  npm.kill(signal);
  await eventually('all processes are gone', async () => (await processesOf(data)).length === 0, 30_000);
});

/** Runs every command that the documents show, against the sample, and holds what it prints to what they show. */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../workers/embedded/free-port.ts';
import { eventually } from '../workers/eventually.ts';
import { blocksOf, missingFrom, type ShownCommand } from './read-document.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const guides = (await readdir(join(ROOT, 'docs'))).filter((name) => name.endsWith('.md')).sort();
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', ...guides.map((name) => `docs/${name}`)];

let folder: string;
let serve: ChildProcess;
let said = '';
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playrail-documents-'));
  await chmod(folder, 0o711);
  const data = join(folder, 'data');
  const port = await freePort();
  // The README's own command, with a data folder and a port that are free.
  serve = spawn('npm', ['start', '--', '--sample', '--data', data, '--port', String(port), '--lang', 'en'], {
    cwd: ROOT,
  });
  serve.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await eventually('the sample is served', () => said.includes('Ctrl-C stops it') || serve.exitCode !== null, 240_000);
  expect(said).toContain('Ctrl-C stops it');
  const client: { url: string; key: string } = JSON.parse(await readFile(join(data, 'client.json'), 'utf8'));
  await eventually('the first steps of the imported cases are done', () => isAnsweredSoon(client), 120_000);
  await writeFile(join(folder, 'playrail'), `#!/bin/sh\nexec node ${join(ROOT, 'dist/cli/main.js')} "$@"\n`, {
    mode: 0o755,
  });
  // `npx playrail` finds the same file, and takes a second more for it.
  await writeFile(join(folder, 'npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  const { PATH } = process.env;
  env = {
    ...process.env,
    PATH: `${folder}:${PATH}`,
    PLAYRAIL_URL: client.url,
    PLAYRAIL_KEY: client.key,
    LANG: 'en_US.UTF-8',
  };
}, 420_000);

/** Thousands of workflows begin at once after an import, and a command waits its turn behind them. This one changes nothing. */
async function isAnsweredSoon({ url, key }: { readonly url: string; readonly key: string }): Promise<boolean> {
  const asked = performance.now();
  const { status } = await fetch(`${url}/v1/cases/LORMJLTE/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ command: 'accept_evidence', evidence: 'nothing-of-the-kind' }),
  });
  return status < 500 && performance.now() - asked < 1_000;
}

afterAll(async () => {
  serve.kill('SIGINT');
  await eventually('serve has ended', () => serve.exitCode !== null || serve.signalCode !== null, 60_000);
  await rm(folder, { recursive: true, force: true });
  // What the tour itself writes into the folder it is taken in.
  await rm(join(ROOT, 'LORMJLTE.dossier.json'), { force: true });
}, 90_000);

interface Ran {
  readonly exit: number;
  readonly lines: readonly string[];
}

/** One shell for a whole document, so that what is exported stays. */
async function runAll(commands: readonly ShownCommand[]): Promise<readonly Ran[]> {
  const mark = '@@documents@@';
  const script = commands.map(({ command }) => `${command}\necho "${mark}$?"\n`).join('');
  const shell = spawn('bash', ['-s'], { cwd: ROOT, env });
  let out = '';
  for (const stream of [shell.stdout, shell.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
  shell.stdin.end(`exec 2>&1\n${script}`);
  await new Promise((resolve) => shell.on('close', resolve));
  const parts = out.split(new RegExp(`${mark}(\\d+)\\n`));
  return commands.map((_command, index) => ({
    lines: (parts[2 * index] ?? '').split('\n'),
    exit: Number(parts[2 * index + 1]),
  }));
}

/** A no that the document shows ends its command with 1. */
function exitShown({ output }: ShownCommand): number {
  return /^(refused|forbidden)/.test(output?.[0] ?? '') ? 1 : 0;
}

describe.each(DOCUMENTS)('%s', (name) => {
  it('shows commands that run, and print what it says', { timeout: 300_000 }, async () => {
    const blocks = blocksOf(await readFile(join(ROOT, name), 'utf8'));
    const commands = blocks.filter((block) => block.notRun === undefined).flatMap((block) => block.commands);
    const results = await runAll(commands);
    const wrong = commands.flatMap((shown, index) => {
      const ran = results[index];
      const place = `${name}:${shown.line}: ${shown.command}`;
      if (ran === undefined || ran.exit !== exitShown(shown))
        return [`${place}\nexit ${ran?.exit}: ${ran?.lines.join('\n')}`];
      const missing = shown.output === undefined ? undefined : missingFrom(shown.output, ran.lines);
      return missing === undefined ? [] : [`${place}\nmissing: ${missing}\nin:\n${ran.lines.join('\n')}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe('the README', () => {
  it('has a tour from a stalled deal to a journal that is whole', async () => {
    const blocks = blocksOf(await readFile(join(ROOT, 'README.md'), 'utf8'));
    const run = blocks.filter((block) => block.notRun === undefined).flatMap((block) => block.commands);
    expect(run.length).toBeGreaterThan(10);
    const [first] = run;
    expect(first?.command).toContain('cases --stalled');
    expect(run.map((shown) => shown.command)).toContain('npx playrail audit verify');
  });
});

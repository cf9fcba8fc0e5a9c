/** How long the whole installation takes to start, and how much memory when nothing happens: Playrail, PostgreSQL, Temporal. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../cli/package-root.ts';
import type { Bench, Measured } from './bench.ts';
import { until } from './place.ts';

const SETTLE_MS = 20_000;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

export const idle: Bench = {
  name: 'idle',
  about: 'first and second start, and memory, of the whole idle installation',
  minutes: 6,
  run: async ({ dir, quick }) => {
    const data = join(dir, 'data');
    const first = await serve(data);
    const memory = await memoryWhenIdle(first.process, quick).finally(first.stop);
    const second = await serve(data);
    await second.stop();
    return [{ figure: 'start.first', value: first.seconds }, { figure: 'start.second', value: second.seconds }, memory];
  },
};

interface Served {
  readonly process: ChildProcess;
  /** From the start of the process until it says where it can be reached. */
  readonly seconds: number;
  readonly stop: () => Promise<void>;
}

async function serve(data: string): Promise<Served> {
  const args = [join(packageRoot(), 'dist/cli/main.js'), 'serve', '--data', data];
  const from = performance.now();
  const serving = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  // However this process ends, it does not outlive it.
  process.once('exit', () => serving.kill());
  let printed = '';
  serving.stdout.on('data', (text) => {
    printed += String(text);
  });
  const ended = new Promise((resolve) => serving.once('exit', resolve));
  await until(async () => serving.exitCode !== null || /http:\/\//.test(printed), 120_000);
  if (serving.exitCode !== null) throw new Error(`serve ended with code ${serving.exitCode}: ${printed}`);
  const stop = async (): Promise<void> => {
    serving.kill('SIGTERM');
    await ended;
  };
  return { process: serving, seconds: (performance.now() - from) / 1000, stop };
}

async function memoryWhenIdle({ pid }: ChildProcess, quick: boolean): Promise<Measured> {
  await new Promise((resolve) => setTimeout(resolve, quick ? 1000 : SETTLE_MS));
  const of = await memoryFrom(pid ?? process.pid);
  const total = [...of.values()].reduce((sum, bytes) => sum + bytes, 0);
  const beside = [...of].map(([name, bytes]) => `${name} ${Math.round(bytes / 2 ** 20)}`).join(', ');
  return { figure: 'idle.memory', value: total / 2 ** 20, beside };
}

/** Bytes by program, of a process and those begun by it and theirs; shared pages are shared out. Linux only. */
async function memoryFrom(root: number): Promise<ReadonlyMap<string, number>> {
  const all = await processes();
  const below = new Set([root]);
  for (let size = 0; size < below.size; ) {
    size = below.size;
    for (const one of all) if (below.has(one.parent)) below.add(one.pid);
  }
  const sums = new Map<string, number>();
  for (const { pid, name } of all.filter((one) => below.has(one.pid))) {
    sums.set(name, (sums.get(name) ?? 0) + (await proportionalBytes(pid)));
  }
  return sums;
}

async function processes(): Promise<readonly Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = pids.map(async (pid): Promise<Process | undefined> => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(stat) ?? [];
    return name === undefined ? undefined : { pid: Number(pid), parent: Number(parent), name };
  });
  return (await Promise.all(read)).flatMap((one) => one ?? []);
}

async function proportionalBytes(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}

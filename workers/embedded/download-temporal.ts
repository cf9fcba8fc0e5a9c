/** Fetches the official archive of the Temporal CLI, checks it, and puts the program into the cache. */

import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { keepProgram } from './keep-program.ts';
import { runCommand } from './run-command.ts';
import { messageOf, type Say } from './setup-error.ts';
import { TEMPORAL_CLI_VERSION, type TemporalPin } from './temporal-pins.ts';

/** A server that has not begun to answer by then is taken for unreachable. */
const ANSWER_DEADLINE_MS = 5000;
const WHOLE_DEADLINE_MS = 120_000;

/** @throws Error saying why on one line; nothing is left behind then. */
export async function downloadTemporal(archive: string, pin: TemporalPin, target: string, say: Say): Promise<void> {
  const url = `${archive}/v${TEMPORAL_CLI_VERSION}?platform=${pin.platform}&arch=${pin.arch}`;
  const body = await open(url);
  say({ en: 'downloading the Temporal server (45 MB, once)', zh: '正在下载 Temporal 服务器（45 MB，仅一次）' });
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(`${target}.part-`);
  try {
    const file = join(work, 'archive.tar.gz');
    await pipeline(body, createWriteStream(file), { signal: AbortSignal.timeout(WHOLE_DEADLINE_MS) });
    const ran = await runCommand('tar', ['-xzf', file, '-C', work, 'temporal'], { deadlineMs: 60_000 });
    if (ran.code !== 0) throw new Error(`cannot unpack the archive: ${ran.err.trim()}`);
    await keepProgram(join(work, 'temporal'), pin, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function open(url: string): Promise<Readable> {
  const stop = new AbortController();
  const deadline = setTimeout(
    () => stop.abort(new Error(`no answer within ${ANSWER_DEADLINE_MS / 1000} s`)),
    ANSWER_DEADLINE_MS,
  );
  try {
    const answer = await fetch(url, { signal: stop.signal });
    if (!answer.ok || answer.body === null) throw new Error(`HTTP status ${answer.status}`);
    return Readable.from(answer.body);
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? ` (${messageOf(error.cause)})` : '';
    throw new Error(`${new URL(url).host} cannot be reached: ${messageOf(error)}${cause}`);
  } finally {
    clearTimeout(deadline);
  }
}

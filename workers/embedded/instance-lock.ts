/** One instance for each data folder: a listening socket in the folder, which ends with the process however that ends. */

import { createHash, randomBytes } from 'node:crypto';
import { link, realpath, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf, SetupError } from './setup-error.ts';

export interface InstanceLock {
  /** Tells those who ask where this instance serves. */
  announce(address: string): void;
  release(): Promise<void>;
}

interface Holder {
  /** Absent: somebody is there who cannot tell, or who is just ending. */
  readonly pid?: number;
  readonly address?: string;
}

const MOST_ROUNDS = 20;
const ROUND_PAUSE_MS = 100;

/** The longest socket path every supported system takes. */
const LONGEST_SOCKET_PATH = 100;

/** @throws SetupError naming process and folder when another instance runs on the folder. */
export async function lockInstance(dataDir: string): Promise<InstanceLock> {
  const path = socketPath(await realpath(dataDir));
  let holder: Holder = { pid: process.pid };
  // A holder that is just ending may break off; two who start together may meet. A few rounds settle both.
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const server = await listen(path, () => holder);
    if (server !== undefined) {
      return {
        announce: (address) => {
          holder = { pid: process.pid, address };
        },
        release: () => new Promise((resolve) => server.close(() => resolve())),
      };
    }
    const other = await ask(path);
    if (other?.pid !== undefined) throw inUse(dataDir, other);
    if (other === undefined) await clearStale(path, dataDir);
    else await delay(ROUND_PAUSE_MS);
  }
  throw inUse(dataDir, {});
}

function socketPath(realDir: string): string {
  const inside = join(realDir, 'instance.sock');
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside;
  return join(tmpdir(), `playrail-${createHash('sha256').update(realDir).digest('hex').slice(0, 24)}.sock`);
}

function listen(path: string, holder: () => Holder): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(JSON.stringify(holder()));
    });
    server.on('error', (error) => (codeOf(error) === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(path, () => {
      // The lock alone never keeps a process running.
      server.unref();
      resolve(server);
    });
  });
}

/** Who holds the socket; undefined when nobody listens on it. */
function ask(path: string): Promise<Holder | undefined> {
  return new Promise((resolve) => {
    const socket: Socket = connect(path);
    let answer = '';
    socket.setTimeout(1000, () => socket.destroy(new Error('no answer')));
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.on('end', () => resolve(parseHolder(answer)));
    // Anything but "nobody listens" or "not there" means that somebody is there who cannot tell.
    socket.on('error', (error) => {
      const code = codeOf(error);
      resolve(code === 'ECONNREFUSED' || code === 'ENOENT' ? undefined : {});
    });
  });
}

function parseHolder(answer: string): Holder {
  try {
    const told: unknown = JSON.parse(answer);
    if (typeof told !== 'object' || told === null || !('pid' in told) || typeof told.pid !== 'number') return {};
    return 'address' in told && typeof told.address === 'string'
      ? { pid: told.pid, address: told.address }
      : { pid: told.pid };
  } catch {
    return {};
  }
}

/** Moves a socket nobody listens on out of the way. By renaming, so that of two who try only one succeeds. */
async function clearStale(path: string, dataDir: string): Promise<void> {
  const aside = `${path}.${randomBytes(3).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const other = await ask(aside);
  if (other !== undefined) {
    // Somebody had taken the lock between our question and our move: give it back.
    await link(aside, path).catch(() => undefined);
    await rm(aside, { force: true });
    throw inUse(dataDir, other);
  }
  await rm(aside, { force: true });
}

function inUse(dataDir: string, holder: Holder): SetupError {
  const who =
    holder.pid === undefined
      ? { en: 'another process', zh: '另一个进程' }
      : { en: `process ${holder.pid}`, zh: `进程 ${holder.pid}` };
  const at =
    holder.address === undefined
      ? { en: '', zh: '' }
      : { en: ` and serves ${holder.address}`, zh: `，地址为 ${holder.address}` };
  return new SetupError(
    {
      en: `the data folder \`${dataDir}\` is in use: ${who.en} runs on it${at.en}`,
      zh: `数据目录 \`${dataDir}\` 正在使用：${who.zh}运行其上${at.zh}`,
    },
    {
      en: 'use that instance, stop it first, or start this one with another `--data` folder',
      zh: '请使用该实例，或先停止它，或用另一个 `--data` 目录启动',
    },
  );
}

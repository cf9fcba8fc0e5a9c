/** Takes the port early, so that a port in use is told before anything else is started. */

import type { RequestListener, Server } from 'node:http';
import { createHttpServer, type HttpLimits } from '../../api/http-server.ts';
import { codeOf, messageOf, SetupError } from '../../workers/embedded/setup-error.ts';
import { DEFAULT_PORT } from '../server-address.ts';

export interface OpenPort {
  readonly url: string;
  /** The usual port was in use, and none was asked for. */
  readonly isAnother: boolean;
  /** From now on requests go there; until then they are told that we are starting. */
  handle(listener: RequestListener): void;
  /** Takes no new requests and ends once those under way are answered, at the latest after some seconds. */
  close(): Promise<void>;
}

/** How many ports after the usual one are tried when it is in use and none was asked for. */
const TRIES = 20;

/** @throws SetupError when the port that was asked for, or every one tried, cannot be had. */
export async function openPort(
  host: string,
  port: number | undefined,
  limits: Partial<HttpLimits> = {},
): Promise<OpenPort> {
  const { server, handle, drain } = createHttpServer(limits);
  const wanted = port ?? DEFAULT_PORT;
  const taken = await listenFrom(server, host, wanted, port === undefined ? wanted + TRIES : wanted);
  return {
    url: urlOf(taken, host),
    isAnother: taken !== wanted,
    handle,
    close: drain,
  };
}

/** @returns the first port from `wanted` to `last` that could be had. */
async function listenFrom(server: Server, host: string, wanted: number, last: number): Promise<number> {
  for (let port = wanted; ; port += 1) {
    try {
      await listen(server, host, port);
      return port;
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE' || port >= last) throw noPort(error, host, port);
    }
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf(port: number, host: string): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}

function noPort(error: unknown, host: string, port: number): SetupError {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return new SetupError(
      { zh: `端口 ${port} 已被占用`, en: `port ${port} is in use` },
      { zh: '用 --port 换一个端口，或停止占用它的程序', en: 'choose another with --port, or stop what uses it' },
    );
  }
  if (code === 'EACCES') {
    return new SetupError(
      { zh: `没有权限使用端口 ${port}`, en: `no right to use port ${port}` },
      { zh: '用 --port 选一个 1024 以上的端口', en: 'choose one above 1024 with --port' },
    );
  }
  return new SetupError(
    {
      zh: `无法在 ${host}:${port} 监听：${messageOf(error)}`,
      en: `cannot listen on ${host}:${port}: ${messageOf(error)}`,
    },
    { zh: '检查 --host 与 --port', en: 'check --host and --port' },
  );
}

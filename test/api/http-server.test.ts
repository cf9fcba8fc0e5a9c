/** The HTTP server itself: what is no HTTP, what comes too slowly, and a stop in the middle of work. */

import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createHttpServer, type HttpLimits, type HttpServer } from '../../api/http-server.ts';
import { eventually } from '../workers/eventually.ts';

let http: HttpServer | undefined;

afterEach(async () => {
  http?.server.closeAllConnections();
  await http?.drain();
});

async function start(listener: RequestListener, limits: Partial<HttpLimits> = {}): Promise<number> {
  http = createHttpServer(limits);
  http.handle(listener);
  http.server.listen(0, '127.0.0.1');
  await once(http.server, 'listening');
  // A server that listens on a port has an address of this kind.
  return (http.server.address() as AddressInfo).port;
}

/** Sends bytes as they are. @returns all that comes back until the connection ends. */
async function sendRaw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let back = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    back += text;
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return back;
}

function expectProblem(back: string, status: number, code: string): void {
  const [head = '', body = ''] = back.split('\r\n\r\n');
  expect(head).toContain(`HTTP/1.1 ${status} `);
  expect(head.toLowerCase()).toContain('content-type: application/problem+json');
  expect(JSON.parse(body)).toMatchObject({ type: `urn:playrail:problem:${code}`, status, kind: 'invalid' });
}

const ok: RequestListener = (_request, response) => response.end('ok');

test('what is no HTTP, and headers without end, are answered with problem documents', async () => {
  const port = await start(ok);
  expectProblem(await sendRaw(port, 'GARBAGE\r\n\r\n'), 400, 'invalid-request');
  expectProblem(await sendRaw(port, 'GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n'), 400, 'invalid-request');
  const long = 'x'.repeat(20_000);
  expectProblem(await sendRaw(port, `GET /${long} HTTP/1.1\r\nHost: x\r\n\r\n`), 431, 'headers-too-large');
  expectProblem(await sendRaw(port, `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${long}\r\n\r\n`), 431, 'headers-too-large');
});

test('a request whose headers or body do not arrive in time is ended and told so', async () => {
  const drip: RequestListener = (request, response) => {
    request.resume().on('end', () => response.end('ok'));
  };
  const port = await start(drip, { headersMs: 300, requestMs: 600 });
  const [headers, body] = await Promise.all([
    sendRaw(port, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '),
    sendRaw(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{'),
  ]);
  expectProblem(headers, 408, 'request-timeout');
  expectProblem(body, 408, 'request-timeout');
});

interface Got {
  readonly status: number | undefined;
  readonly text: string;
}

function read(
  port: number,
  path: string,
  agent: Agent,
): { readonly answer: Promise<Got>; readonly begun: Promise<IncomingMessage> } {
  const request = get({ port, path, agent, host: '127.0.0.1' });
  const begun = once(request, 'response').then(([response]) => response as IncomingMessage);
  const answer = begun.then(async (response) => {
    let text = '';
    for await (const part of response.setEncoding('utf8')) text += part;
    return { status: response.statusCode, text };
  });
  return { answer, begun };
}

test('a stop answers what is under way, ends streams and idle connections, and takes nothing new', async () => {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let slow = 0;
  const port = await start(
    async (request, response) => {
      if (request.url === '/stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
        return;
      }
      if (request.url === '/slow') {
        slow += 1;
        await released;
      }
      response.end('whole');
      // Longer than the test may take: nothing that is cut off passes for ended.
    },
    { drainMs: 300_000 },
  );
  const agent = new Agent({ keepAlive: true });
  await read(port, '/quick', agent).answer;
  const stream = read(port, '/stream', agent);
  await stream.begun;
  const answers = Array.from({ length: 20 }, () => read(port, '/slow', agent).answer);
  await eventually('all are under way', () => slow === 20);

  const drained = http?.drain();
  expect(await stream.answer).toEqual({ status: 200, text: 'data: 1\n\n' });
  await expect(read(port, '/late', new Agent()).answer).rejects.toThrow('ECONNREFUSED');
  release();
  expect(await Promise.all(answers)).toEqual(answers.map(() => ({ status: 200, text: 'whole' })));
  await drained;
  agent.destroy();
});

test('a request that is never answered does not keep a stop from ending', async () => {
  const port = await start(() => undefined, { drainMs: 200 });
  const hung = read(port, '/', new Agent()).answer;
  const failed = expect(hung).rejects.toThrow(/socket hang up|ECONNRESET/);
  await eventually('it is under way', async () => {
    const count = await new Promise<number>((resolve) => http?.server.getConnections((_error, n) => resolve(n)));
    return count === 1;
  });
  await http?.drain();
  await failed;
});

test('a stop lets a file that is on its way arrive whole', async () => {
  let go: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    go = resolve;
  });
  const port = await start(
    async (request, response) => {
      if (request.url === '/stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
        return;
      }
      response.setHeader('content-length', '10');
      response.write('first');
      await asked;
      response.end('later');
    },
    { drainMs: 300_000 },
  );
  const file = read(port, '/', new Agent());
  await file.begun;
  const stream = read(port, '/stream', new Agent());
  await stream.begun;
  const drained = http?.drain();
  // What has no end of its own is ended by now.
  await stream.answer;
  go();
  expect(await file.answer).toEqual({ status: 200, text: 'firstlater' });
  await drained;
});

/** The HTTP server around the API: what it waits for and for how long, what it says to what is no HTTP, how it ends. */

import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ApiProblem, problemDocument } from './problem.ts';

export interface HttpLimits {
  /** Of the request line and all headers together, in bytes. */
  readonly headerBytes: number;
  /** For the headers to arrive. */
  readonly headersMs: number;
  /** For a request to arrive whole; an import of 64 MB over a slow line does. */
  readonly requestMs: number;
  /** A connection without a request is kept so long. */
  readonly idleMs: number;
  /** For requests under way to be answered once we are told to stop. */
  readonly drainMs: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  headerBytes: 16 * 1024,
  headersMs: 10_000,
  requestMs: 120_000,
  // Longer than the minute for which the usual proxies keep theirs: who closes first must be the proxy.
  idleMs: 65_000,
  // Longer than a command may take.
  drainMs: 10_000,
};

export interface HttpServer {
  readonly server: Server;
  /** From now on requests go there; until then they are told that we are starting. */
  handle(listener: RequestListener): void;
  /** Requests that are being answered. */
  underWay(): number;
  /** Takes no new connections, ends streams of events, lets the requests under way be answered. A second call waits for the first. */
  drain(): Promise<void>;
}

const LOOK_EVERY_MS = 50;

/** What node calls it, and what we do. */
const NOT_HTTP: Readonly<Record<string, 'headers-too-large' | 'request-timeout'>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

function problemOf(code: string): ApiProblem {
  switch (NOT_HTTP[code]) {
    case 'headers-too-large':
      return new ApiProblem('headers-too-large', { zh: '地址或请求头过长', en: 'address or headers are too long' });
    case 'request-timeout':
      return new ApiProblem('request-timeout', { zh: '请求没有及时到齐', en: 'the request did not arrive in time' });
    default:
      return new ApiProblem('invalid-request', { zh: '不是合法的 HTTP 请求', en: 'this is no HTTP request' });
  }
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Answered by hand: there is no response object for what node could not read. */
function answerByHand(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const document = problemDocument(problemOf(error.code ?? ''), 'en', '/');
  const body = JSON.stringify(document);
  const head = [
    `HTTP/1.1 ${document.status} ${REASONS[document.status] ?? 'Error'}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const starting: RequestListener = (request, response) => {
  const problem = new ApiProblem('unavailable', { zh: '服务器正在启动', en: 'the server is starting' });
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '2' });
  response.end(JSON.stringify({ ...problemDocument(problem, 'en', request.url ?? '/'), retry_after_seconds: 2 }));
};

/** Whatever is not a stream of events is written whole, with its headers; a file, bit by bit, says how long it is. */
function isStream(response: ServerResponse): boolean {
  return response.headersSent && !response.writableEnded && !response.hasHeader('content-length');
}

/** Its connection is not kept alive for another request. */
function endConnectionAfter(response: ServerResponse): void {
  // The response lets go of it when it is finished.
  const { socket } = response;
  if (response.headersSent) response.once('finish', () => socket?.end());
  else response.setHeader('connection', 'close');
}

export function createHttpServer(limits: Partial<HttpLimits> = {}): HttpServer {
  const { headerBytes, headersMs, requestMs, idleMs, drainMs } = { ...DEFAULT_HTTP_LIMITS, ...limits };
  let handler = starting;
  let isDraining = false;
  let drained: Promise<void> | undefined;
  const underWay = new Set<ServerResponse>();
  const server = createServer(
    {
      maxHeaderSize: headerBytes,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: Math.min(headersMs, 5_000),
    },
    (request, response) => {
      underWay.add(response);
      response.once('close', () => underWay.delete(response));
      if (isDraining) response.setHeader('connection', 'close');
      handler(request, response);
    },
  );
  server.on('clientError', answerByHand);

  async function drain(): Promise<void> {
    isDraining = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const response of underWay) endConnectionAfter(response);
    // One may become a stream only now.
    const look = setInterval(() => {
      for (const response of underWay) if (isStream(response)) response.end();
    }, LOOK_EVERY_MS);
    const cut = setTimeout(() => server.closeAllConnections(), drainMs);
    await closed;
    clearInterval(look);
    clearTimeout(cut);
  }
  return {
    server,
    handle: (listener) => {
      handler = listener;
    },
    underWay: () => underWay.size,
    drain: () => {
      drained ??= drain();
      return drained;
    },
  };
}

/** A small store that speaks S3 as far as files need it, and trusts nobody: it recomputes signature and hash of every request by itself. */

import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface LookAlike {
  readonly endpoint: string;
  /** Path → bytes. */
  readonly objects: Map<string, Buffer>;
  /** Method, path and status of each request, in order. */
  readonly asked: string[];
  /** Answers every request so from now on; absent: as it should. */
  failWith: { readonly status: number; readonly body: string } | undefined;
}

export const S3_KEY = { keyId: 'AKIDTEST', secret: 'a/secret+with=signs', region: 'cn-north-1' } as const;

/** Written from the specification, with other means than the client: header names from the request itself, one flat text. */
function signatureOf(request: IncomingMessage, signedNames: readonly string[], bodyHash: string, time: string): string {
  const { pathname, search } = new URL(request.url ?? '/', 'http://x');
  let canonical = `${request.method}\n${pathname}\n${search.slice(1)}\n`;
  for (const name of signedNames) canonical += `${name}:${String(request.headers[name]).trim()}\n`;
  canonical += `\n${signedNames.join(';')}\n${bodyHash}`;
  const day = time.slice(0, 8);
  const scope = `${day}/${S3_KEY.region}/s3/aws4_request`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  let key: Buffer = Buffer.from(`AWS4${S3_KEY.secret}`, 'utf8');
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  return createHmac('sha256', key).update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${digest}`).digest('hex');
}

function whatIsWrong(request: IncomingMessage, body: Buffer): string | undefined {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (found === null) return 'AccessDenied';
  const [, keyId, , region, names = '', signature] = found;
  if (keyId !== S3_KEY.keyId || region !== S3_KEY.region) return 'InvalidAccessKeyId';
  const signed = names.split(';');
  for (const needed of ['host', 'x-amz-content-sha256', 'x-amz-date'])
    if (!signed.includes(needed)) return 'AccessDenied';
  const time = String(request.headers['x-amz-date']);
  const declared = String(request.headers['x-amz-content-sha256']);
  if (signatureOf(request, signed, declared, time) !== signature) return 'SignatureDoesNotMatch';
  const at = Date.parse(time.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - at) < 15 * 60_000)) return 'RequestTimeTooSkewed';
  if (createHash('sha256').update(body).digest('hex') !== declared) return 'XAmzContentSHA256Mismatch';
  return undefined;
}

export async function startLookAlike(): Promise<LookAlike> {
  const objects = new Map<string, Buffer>();
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const status = answer(request, response, body);
    asked.push(`${request.method} ${request.url} ${status}`);
  });

  function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): number {
    const say = (status: number, content: Buffer | string = ''): number => {
      response.writeHead(status, { 'content-length': Buffer.byteLength(content) });
      response.end(request.method === 'HEAD' ? undefined : content);
      return status;
    };
    if (made.failWith !== undefined) return say(made.failWith.status, made.failWith.body);
    const wrong = whatIsWrong(request, body);
    if (wrong !== undefined)
      return say(wrong === 'XAmzContentSHA256Mismatch' ? 400 : 403, `<Error><Code>${wrong}</Code></Error>`);
    const path = request.url ?? '';
    if (request.method === 'PUT') {
      // Streams without a length are not taken, as by the original.
      if (request.headers['content-length'] === undefined)
        return say(411, '<Error><Code>MissingContentLength</Code></Error>');
      objects.set(path, body);
      return say(200);
    }
    const object = objects.get(path);
    return object === undefined ? say(404, '<Error><Code>NoSuchKey</Code></Error>') : say(200, object);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const made: LookAlike = { endpoint: `http://127.0.0.1:${port}`, objects, asked, failWith: undefined };
  return made;
}

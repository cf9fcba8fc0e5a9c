/** Files in a store that speaks S3: each object is signed with the hash of its bytes, which is also its name. */

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { StoreFault } from '../cause-of.ts';
import type { FileStore, FilesPlace } from './file-store.ts';
import { EMPTY_SHA256, signedHeaders } from './s3-signature.ts';

type S3Place = Extract<FilesPlace, { readonly kind: 's3' }>;

/** Without a byte for so long, the store is away. */
const SILENCE_MS = 30_000;
/** An object of this content says that things can be kept. */
const PROBE = 'probe';
/** What a store says of its no is XML; its beginning is enough for the log. */
const SAID_LENGTH = 500;

export class S3Store implements FileStore {
  readonly kind = 's3';
  readonly incoming: string;
  private readonly place: S3Place;

  constructor(place: S3Place) {
    this.place = place;
    this.incoming = place.incoming;
  }

  /** The store refuses bytes that are not those of the signed hash, so what is kept is what was meant. */
  async keep(sha256: string, path: string, size: number): Promise<void> {
    if (await this.has(sha256)) return;
    const answer = await this.send('PUT', this.keyOf(sha256), { path, size, sha256 });
    await this.expect(answer, 200);
  }

  async read(sha256: string): Promise<Readable | undefined> {
    const answer = await this.send('GET', this.keyOf(sha256));
    if (answer.statusCode === 404) {
      answer.resume();
      return undefined;
    }
    if (answer.statusCode !== 200) throw await refused(answer);
    return answer;
  }

  async has(sha256: string): Promise<boolean> {
    const answer = await this.send('HEAD', this.keyOf(sha256));
    if (answer.statusCode === 404) {
      answer.resume();
      return false;
    }
    await this.expect(answer, 200);
    return true;
  }

  async check(): Promise<void> {
    await mkdir(this.incoming, { recursive: true, mode: 0o700 });
    const path = join(this.incoming, `${randomUUID()}.probe`);
    await writeFile(path, PROBE, { mode: 0o600 });
    try {
      const sha256 = createHash('sha256').update(PROBE).digest('hex');
      await this.expect(await this.send('PUT', this.keyOf('probe'), { path, size: PROBE.length, sha256 }), 200);
    } finally {
      await rm(path, { force: true });
    }
  }

  private keyOf(sha256: string): string {
    return `/${this.place.prefix}${sha256}`;
  }

  private async expect(answer: IncomingMessage, status: number): Promise<void> {
    if (answer.statusCode !== status) throw await refused(answer);
    answer.resume();
  }

  /** @param key with a slash before it */
  private send(
    method: 'GET' | 'HEAD' | 'PUT',
    key: string,
    body?: { readonly path: string; readonly size: number; readonly sha256: string },
  ): Promise<IncomingMessage> {
    const { endpoint, bucket } = this.place;
    const url = new URL(`/${bucket}${key}`, endpoint);
    const headers: Record<string, string> = body === undefined ? {} : { 'content-length': String(body.size) };
    const signed = signedHeaders(
      { method, url, headers, bodySha256: body?.sha256 ?? EMPTY_SHA256 },
      this.place,
      new Date(),
    );
    return new Promise((resolve, reject) => {
      const away = (error: Error) => reject(new StoreFault('file-store-away', `${url.host}: ${error.message}`));
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = send(url, { method, headers: signed, timeout: SILENCE_MS }, resolve);
      request.on('timeout', () => request.destroy(new Error('no answer')));
      request.on('error', away);
      if (body === undefined) request.end();
      else {
        const bytes = createReadStream(body.path).on('error', (error) => request.destroy(error));
        request.on('close', () => bytes.destroy());
        bytes.pipe(request);
      }
    });
  }
}

/** Its words are for the log; a caller hears that the store is away. */
async function refused(answer: IncomingMessage): Promise<StoreFault> {
  let said = '';
  answer.setEncoding('utf8');
  for await (const part of answer) if (said.length < SAID_LENGTH) said += String(part);
  return new StoreFault(
    'file-store-away',
    `the file store answered ${answer.statusCode}: ${said.slice(0, SAID_LENGTH)}`,
  );
}

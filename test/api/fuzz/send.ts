/** Sends a request as it stands, header by header, and hears the answer out or says that none came. */

import { type Agent, request } from 'node:http';
import type { FuzzRequest } from './make-request.ts';

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** `refused`: our own HTTP client does not send such a thing. */
export type Sent = Heard | { readonly refused: string } | { readonly failed: string };

/** Longer than a command may take until it is a fault. */
const PATIENCE_MS = 15_000;

export function send(base: URL, { method, path, headers, body, encoding }: FuzzRequest, agent: Agent): Promise<Sent> {
  return new Promise((resolve) => {
    const grouped = new Map<string, string[]>();
    for (const [name, value] of headers) grouped.set(name, [...(grouped.get(name) ?? []), value]);
    const fail = (error: Error): void => resolve({ failed: error.message });
    try {
      const sending = request({ host: base.hostname, port: base.port, method, path, agent, timeout: PATIENCE_MS });
      for (const [name, values] of grouped) sending.setHeader(name, values);
      // Else the body of a GET would be read as the next request.
      const bytes = body === undefined ? undefined : Buffer.from(body, encoding ?? 'utf8');
      if (bytes !== undefined && !grouped.has('Transfer-Encoding')) sending.setHeader('Content-Length', bytes.length);
      sending.on('timeout', () => sending.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)));
      sending.on('error', fail);
      sending.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('error', fail);
        response.on('end', () => {
          const got = new Headers();
          for (const [name, value] of Object.entries(response.headers)) got.set(name, String(value));
          resolve({ status: response.statusCode ?? 0, headers: got, text });
        });
      });
      sending.end(bytes);
    } catch (error) {
      // A header or path that Node's client does not write.
      resolve({ refused: error instanceof Error ? error.message : String(error) });
    }
  });
}

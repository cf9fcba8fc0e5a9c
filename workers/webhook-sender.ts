/** Sends one webhook: signed by Standard Webhooks, no redirects, no private addresses, with a deadline. */

import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { WebhookDestination } from './destinations.ts';
import { isPrivateAddress, publicLookup } from './private-addresses.ts';

export interface WebhookMessage {
  /** The same at every attempt: the receiver's means to notice a repeat. */
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
}

const DEADLINE_MS = 10_000;

/** Resolves when the receiver answered with a 2xx status. @throws Error saying why not, without any secret. */
export async function sendWebhook(destination: WebhookDestination, message: WebhookMessage): Promise<void> {
  const url = new URL(destination.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!destination.allow_private && isIP(host) !== 0 && isPrivateAddress(host))
    throw new Error(`\`${host}\` is a private address`);
  const { id, type, timestamp, data } = message;
  const body = JSON.stringify({ type, timestamp, data });
  const sentAt = new Date();
  const signature = new Webhook(destination.secret).sign(id, sentAt, body);
  const status = await post(url, destination.allow_private, body, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'playrail',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': signature,
  });
  if (status < 200 || status > 299) throw new Error(`the receiver answered with HTTP status ${status}`);
}

function post(url: URL, allowPrivate: boolean, body: string, headers: Record<string, string>): Promise<number> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers,
      signal: AbortSignal.timeout(DEADLINE_MS),
      agent: false,
      ...(allowPrivate ? {} : { lookup: publicLookup }),
    });
    sent.on('error', (error) =>
      reject(error.name === 'AbortError' ? new Error(`no answer within ${DEADLINE_MS / 1000} s`) : error),
    );
    sent.on('response', (answer) => {
      // The status is all that counts; a long answer is not read.
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    });
    sent.end(body);
  });
}

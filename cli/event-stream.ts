/** Reads server-sent events from the API, one after another, until they end. */

import { CliExit, EXIT } from './exit-codes.ts';
import type { ServerAddress } from './server-address.ts';

export interface StreamEvent {
  /** The last id said so far. */
  readonly id: string | undefined;
  readonly data: string;
}

export interface StreamRequest {
  readonly path: string;
  readonly lang: string;
  readonly lastEventId?: string;
}

/** Absent: the server did not answer with a stream; ask again without it, to hear why. */
export async function openEventStream(
  address: ServerAddress,
  { path, lang, lastEventId }: StreamRequest,
): Promise<AsyncGenerator<StreamEvent> | undefined> {
  const response = await fetch(address.url + path, {
    headers: {
      accept: 'text/event-stream',
      'accept-language': lang,
      ...(address.key !== undefined && { authorization: `Bearer ${address.key}` }),
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
  }).catch(() => undefined);
  if (response === undefined) {
    throw new CliExit(EXIT.fault, { zh: `连不上 ${address.url}`, en: `cannot reach ${address.url}` });
  }
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (response.ok && isStream && response.body !== null) return eventsIn(response.body, lastEventId);
  await response.body?.cancel();
  return undefined;
}

/** Ends with the stream, also where it breaks off: what came whole has been given. */
async function* eventsIn(body: ReadableStream<Uint8Array>, first: string | undefined): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let id = first;
  let rest = '';
  try {
    for await (const chunk of body) {
      rest += decoder.decode(chunk, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        id = /^id: ?(.*)$/m.exec(block)?.[1] ?? id;
        const data = [...block.matchAll(/^data: ?(.*)$/gm)].map((match) => match[1]).join('\n');
        yield { id, data };
      }
    }
  } catch {
    // Cut off: whoever wants more asks again, from the last id.
  }
}

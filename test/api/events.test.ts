/** The feed of events through the front door: as a stream that is cut and resumed, and page by page. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../workers/eventually.ts';
import { startApi, type TestApi, type Who } from './start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 60_000);
afterAll(() => api.stop());

interface Seen {
  readonly cursor: string;
  readonly entry: {
    readonly entity: { readonly kind: string; readonly id: string };
    readonly seq: number;
    readonly events?: readonly { readonly event: string }[];
  };
}

/** Reads the stream until `enough` says so, then hangs up. */
async function follow(
  who: Who,
  query: string,
  lastEventId: string | undefined,
  enough: (seen: readonly Seen[], text: string) => boolean,
): Promise<{ readonly seen: readonly Seen[]; readonly last: string | undefined }> {
  const stop = new AbortController();
  const response = await fetch(`${api.url}/v1/events${query}`, {
    signal: stop.signal,
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${api.keyOf(who)}`,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const seen: Seen[] = [];
  let last = lastEventId;
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      last = /^id: (.+)$/m.exec(block)?.[1] ?? last;
      const data = /^data: (.+)$/m.exec(block)?.[1];
      if (data !== undefined) seen.push(JSON.parse(data));
    }
    if (enough(seen, text)) break;
  }
  stop.abort();
  return { seen, last };
}

/** Whatever else runs in this PostgreSQL holds the feed back until it has ended. */
function readable(as: Who, id: string, entries: number): Promise<boolean> {
  return eventually(`${entries} entries of ${id} can be read`, async () => {
    const { body } = await api.ask(`/v1/events?case=${id}`, { as });
    return body.items.length >= entries;
  });
}

const keys = (seen: readonly Seen[]) => seen.map(({ entry }) => `${entry.entity.id}#${entry.seq}`);

test('a follower who is cut off again and again sees each entry once and in order', async () => {
  const id = await api.open('liu');
  const commands = Array.from({ length: 12 }, (_, index) =>
    api.command(id, { command: 'plan_task', title: `第 ${index} 步` }, 'liu'),
  );
  const read: string[] = [];
  let last: string | undefined;
  while (read.length < 13) {
    const part = await follow(
      'liu',
      `?case=${id}`,
      last,
      (seen) => seen.length >= 3 || read.length + seen.length >= 13,
    );
    read.push(...keys(part.seen));
    last = part.last;
  }
  await Promise.all(commands);
  expect(read).toEqual(Array.from({ length: 13 }, (_, index) => `${id}#${index + 1}`));
});

test('what is still to come arrives without asking again', async () => {
  const id = await api.open('anna');
  await readable('anna', id, 1);
  const following = follow('anna', `?after=end&case=${id}`, undefined, (seen) => seen.length >= 1);
  await api.command(id, { command: 'plan_task', title: 'call' }, 'anna');
  const { seen } = await following;
  expect(keys(seen)).toEqual([`${id}#2`]);
  expect(seen[0]?.entry.events?.map(({ event }) => event)).toContain('task_planned');
});

test('page by page, with what to go on from', async () => {
  const id = await api.open('liu');
  await api.command(id, { command: 'plan_task', title: 'one' }, 'liu');
  await readable('liu', id, 2);
  const first = await api.ask(`/v1/events?case=${id}&limit=1`);
  expect(first.body.items).toHaveLength(1);
  expect(first.body.more).toBe(true);
  const second = await api.ask(`/v1/events?case=${id}&after=${first.body.next}`);
  expect(keys(second.body.items)).toEqual([`${id}#2`]);
  expect(second.body.more).toBe(false);
  const third = await api.ask(`/v1/events?case=${id}&after=${second.body.next}`);
  expect(third.body.items).toEqual([]);
});

test('shows cases as lists do, and nobody another’s inbox', async () => {
  const id = await api.open('liu');
  await readable('liu', id, 1);
  const entities = async (as: Who, query = '') => {
    const { body } = await api.ask(`/v1/events?limit=500${query}`, { as });
    return new Set(body.items.map(({ entry }: Seen) => `${entry.entity.kind}/${entry.entity.id}`));
  };
  expect(await entities('liu')).toContain(`case/${id}`);
  expect(await entities('zhang')).toContain(`case/${id}`);
  expect(await entities('anna')).not.toContain(`case/${id}`);
  expect(await entities('anna', '&kind=person')).toEqual(new Set(['person/anna']));
  expect(await entities('admin', '&kind=person')).toContain('person/liu');
});

test('a cursor that is none, and one from before a restore, are told apart', async () => {
  const bad = await api.ask('/v1/events?after=nonsense');
  expect(bad.status).toBe(400);
  expect(bad.body.problems[0].code).toBe('cursor-malformed');
  const { next } = (await api.ask('/v1/events?limit=1')).body;
  const [, ...rest] = JSON.parse(Buffer.from(next, 'base64url').toString());
  const other = Buffer.from(JSON.stringify(['another-feed', ...rest])).toString('base64url');
  const gone = await api.ask(`/v1/events?after=${other}`);
  expect(gone.status).toBe(410);
  expect(gone.body.type).toContain('feed-restarted');
});

test('no more than ten connections of one person', async () => {
  const open = Array.from({ length: 10 }, () => {
    const stop = new AbortController();
    const headers = { accept: 'text/event-stream', authorization: `Bearer ${api.keyOf('dustin')}` };
    return { stop, answer: fetch(`${api.url}/v1/events?after=end`, { signal: stop.signal, headers }) };
  });
  for (const { answer } of open) expect((await answer).status).toBe(200);
  const refused = await api.ask('/v1/events?after=end', { as: 'dustin', headers: { accept: 'text/event-stream' } });
  expect(refused.status).toBe(429);
  for (const { stop } of open) stop.abort();
});

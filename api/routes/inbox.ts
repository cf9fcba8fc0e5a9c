/** `/v1/inbox`: the caller's own messages, and marking them read. */

import { z } from 'zod';
import { inboxOf } from '../../store/inbox.ts';
import { acceptedOrProblem } from '../answer-reply.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { route } from '../route.ts';
import { entryNumber } from '../views/accepted-answer.ts';
import { inboxItem } from '../views/inbox-view.ts';
import { limit, numberCursor, yesNo } from '../wire/query.ts';
import { pageOf } from '../wire/shapes.ts';

const listQuery = z.strictObject({ unread: yesNo.exactOptional(), cursor: numberCursor.exactOptional(), limit });

interface Asked {
  readonly query: z.output<typeof listQuery>;
  readonly caller: Caller;
}

async function list({ store }: ApiDeps, { query: { unread, cursor, limit }, caller }: Asked) {
  const items = await inboxOf(store, caller.person.person, {
    limit,
    ...(unread !== undefined && { unread }),
    ...(cursor !== undefined && { before: cursor }),
  });
  const last = items.at(-1);
  const body = {
    items: items.map(({ read_at, ...item }) => ({ ...item, ...(read_at !== null && { read_at }) })),
    ...(items.length === limit && last !== undefined && { next_cursor: String(last.item) }),
  };
  return { status: 200, body } as const;
}

const readBody = z.strictObject({ items: z.array(z.int().min(1)).min(1).max(1_000) });

interface Sent {
  readonly body: z.output<typeof readBody>;
  readonly key: string;
  readonly caller: Caller;
}

async function markRead({ entities, log }: ApiDeps, { body: { items }, key, caller }: Sent) {
  const { person } = caller.person;
  const sent_at = new Date().toISOString();
  const body = { command: 'read', items: items.map(String) };
  const reply = await entities.send('person', person, { id: key, actor: person, body, sent_at });
  const wording = { people: caller.people, titles: undefined };
  const { outcome, entry } = acceptedOrProblem(reply, { id: key, wording, log });
  return { status: 200, body: { outcome, entry } } as const;
}

export const inboxRoutes = [
  route({
    method: 'get',
    path: '/v1/inbox',
    name: 'listInbox',
    summary: 'The caller’s own messages, newest first',
    query: listQuery,
    answers: { 200: { description: 'A page of them.', body: pageOf(inboxItem) } },
    handle: list,
  }),
  route({
    method: 'post',
    path: '/v1/inbox/read',
    name: 'markRead',
    summary: 'Mark messages of one’s own as read',
    body: readBody,
    isCommand: true,
    answers: {
      200: {
        description: 'They are read.',
        body: z.strictObject({ outcome: z.literal('accepted'), entry: entryNumber }),
      },
    },
    handle: markRead,
  }),
];

/** `/v1/inbox`: the caller's own messages, and marking them read. */

import { z } from 'zod';
import { digestAt } from '../../engine/person/inbox-rules.ts';
import { inboxOf } from '../../store/inbox.ts';
import { personState } from '../../store/read-person.ts';
import { acceptedOrProblem } from '../answer-reply.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { currentSet } from '../published-set.ts';
import { route } from '../route.ts';
import { entryNumber } from '../views/accepted-answer.ts';
import { inboxItem } from '../views/inbox-view.ts';
import { limit, numberCursor, yesNo } from '../wire/query.ts';
import { instant, list as listOf, pageOf, text } from '../wire/shapes.ts';

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
    items: items.map(({ read_at, settled_at, settled_how, ...item }) => ({
      ...item,
      ...(read_at !== null && { read_at }),
      ...(settled_at !== null && { settled_at }),
      ...(settled_how !== null && { settled_how }),
    })),
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

/** Reading and dismissing are the owner's own acts. */
async function mark({ entities, log }: ApiDeps, command: 'read' | 'dismiss', { body: { items }, key, caller }: Sent) {
  const { person } = caller.person;
  const sent_at = new Date().toISOString();
  const body = { command, items: items.map(String) };
  const reply = await entities.send('person', person, { id: key, actor: person, body, sent_at });
  const wording = { people: caller.people, titles: undefined };
  const { outcome, entry } = acceptedOrProblem(reply, { id: key, wording, log });
  return { status: 200, body: { outcome, entry } } as const;
}

/** What the next digest would say, were it sent now. */
async function previewDigest({ store }: ApiDeps, { caller }: Pick<Asked, 'caller'>) {
  const { person } = caller.person;
  const state = await personState(store, person);
  const set = await currentSet(store);
  const playbook = set === undefined ? {} : { roles: set.roles, calendars: set.calendars };
  const world = { person, people: caller.people, now: new Date().toISOString(), ...playbook };
  const at = state && digestAt(world, state);
  const waiting = state?.waiting ?? [];
  const body = {
    ...(at !== undefined && { at }),
    waiting: waiting.length,
    lines: waiting.flatMap(({ item, title }) => (title === undefined ? [] : [{ item, title }])),
  };
  return { status: 200, body } as const;
}

const accepted = z.strictObject({ outcome: z.literal('accepted'), entry: entryNumber });

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
      200: { description: 'They are read.', body: accepted },
    },
    handle: (deps, sent) => mark(deps, 'read', sent),
  }),
  route({
    method: 'post',
    path: '/v1/inbox/dismiss',
    name: 'dismissItems',
    summary: 'Be done with messages of one’s own',
    description: 'They are settled, and no digest speaks of them. What the case waits for it goes on waiting for.',
    body: readBody,
    isCommand: true,
    answers: { 200: { description: 'They are settled.', body: accepted } },
    handle: (deps, sent) => mark(deps, 'dismiss', sent),
  }),
  route({
    method: 'get',
    path: '/v1/inbox/digest',
    name: 'previewDigest',
    summary: 'What waits for the caller’s next digest, and when that is sent',
    answers: {
      200: {
        description: 'The digest as it stands.',
        body: z.strictObject({
          at: instant.exactOptional().meta({ description: 'Absent: none is due.' }),
          waiting: z.int(),
          lines: listOf(z.strictObject({ item: z.int(), title: text })),
        }),
      },
    },
    handle: previewDigest,
  }),
];

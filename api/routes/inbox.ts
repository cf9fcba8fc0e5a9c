/** `/v1/inbox`: the caller's own messages, and marking them read. */

import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { inboxOf } from '../../store/inbox.ts';
import { addRoute } from '../add-route.ts';
import { acceptedOrProblem } from '../answer-reply.ts';
import { callerOf } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import type { Page } from '../views/case-row.ts';
import type { InboxItem } from '../views/inbox-view.ts';
import { parseBody, parseIdempotencyKey, parseQuery } from '../wire/parse-request.ts';
import { limit, numberCursor, yesNo } from '../wire/query.ts';

const listQuery = z.strictObject({ unread: yesNo.exactOptional(), cursor: numberCursor.exactOptional(), limit });

async function list({ store }: ApiDeps, request: Request, response: Response): Promise<void> {
  const { unread, cursor, limit } = parseQuery(listQuery, request);
  const { person } = callerOf(response).person;
  const items = await inboxOf(store, person, {
    limit,
    ...(unread !== undefined && { unread }),
    ...(cursor !== undefined && { before: cursor }),
  });
  const last = items.at(-1);
  const page: Page<InboxItem> = {
    items: items.map(({ read_at, ...item }) => ({ ...item, ...(read_at !== null && { read_at }) })),
    ...(items.length === limit && last !== undefined && { next_cursor: String(last.item) }),
  };
  response.json(page);
}

const readBody = z.strictObject({ items: z.array(z.int().min(1)).min(1).max(1_000) });

async function markRead({ entities, log }: ApiDeps, request: Request, response: Response): Promise<void> {
  const key = parseIdempotencyKey(request);
  const { items } = parseBody(readBody, request.body);
  const { person: caller, people } = callerOf(response);
  const { person } = caller;
  const sent_at = new Date().toISOString();
  const body = { command: 'read', items: items.map(String) };
  const reply = await entities.send('person', person, { id: key, actor: person, body, sent_at });
  const accepted = acceptedOrProblem(reply, { id: key, wording: { people, titles: undefined }, log });
  response.json({ outcome: accepted.outcome, entry: accepted.entry });
}

export function addInboxRoutes(router: Router, deps: ApiDeps): void {
  addRoute(router, '/inbox', { get: (request, response) => list(deps, request, response) });
  addRoute(router, '/inbox/read', { post: (request, response) => markRead(deps, request, response) });
}

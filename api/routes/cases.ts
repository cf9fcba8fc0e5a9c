/** `/v1/cases`: the list of cases one may see, and opening a new one. */

import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { commandSchema } from '../../engine/case/command-schema.ts';
import { teamOf } from '../../engine/who/reporting-line.ts';
import { type CaseFilter, cursorText, listCases, parseCursor } from '../../store/list-cases.ts';
import { addRoute } from '../add-route.ts';
import { acceptedOrProblem } from '../answer-reply.ts';
import type { Caller } from '../caller.ts';
import { callerOf } from '../caller.ts';
import { caseIdOf } from '../case-id.ts';
import type { ApiDeps } from '../deps.ts';
import { findPerson } from '../find-person.ts';
import { ApiProblem } from '../problem.ts';
import { publishedSet } from '../published-set.ts';
import { acceptedAnswer } from '../views/accepted-answer.ts';
import type { CaseRow, Page } from '../views/case-row.ts';
import { makeCaseRows } from '../views/make-case-rows.ts';
import { wordingOf } from '../views/reason-view.ts';
import { visibleOwners } from '../visible-owners.ts';
import { parseBody, parseIdempotencyKey, parseQuery } from '../wire/parse-request.ts';
import { limit, word, yesNo } from '../wire/query.ts';

const listQuery = z.strictObject({
  owner: word.exactOptional(),
  manager: word.exactOptional(),
  pipeline: word.exactOptional(),
  stage: word.exactOptional(),
  status: z.enum(['open', 'won', 'lost']).exactOptional(),
  stalled: yesNo.exactOptional(),
  q: word.exactOptional(),
  limit,
  cursor: word.exactOptional(),
});

type ListQuery = z.output<typeof listQuery>;

/** Those asked for, as far as the caller may see them. */
function ownersAsked(query: ListQuery, { people }: Caller, visible: readonly string[] | undefined) {
  let owners = visible === undefined ? undefined : new Set(visible);
  const keep = (asked: readonly string[]) => {
    owners = new Set(asked.filter((one) => owners === undefined || owners.has(one)));
  };
  if (query.owner !== undefined) keep([findPerson(people, query.owner, '/query/owner')]);
  if (query.manager !== undefined) {
    const manager = findPerson(people, query.manager, '/query/manager');
    keep([manager, ...teamOf(people, manager)]);
  }
  return owners === undefined ? {} : { owners: [...owners] };
}

function cursorAsked(query: ListQuery) {
  if (query.cursor === undefined) return undefined;
  const cursor = parseCursor(query.cursor);
  if (cursor !== undefined) return cursor;
  const message = { zh: '不是本接口给出的游标', en: 'is not a cursor of this list' };
  throw new ApiProblem('invalid-request', message, {
    problems: [{ code: 'cursor-malformed', path: '/query/cursor', message }],
  });
}

async function list({ store }: ApiDeps, request: Request, response: Response): Promise<void> {
  const query = parseQuery(listQuery, request);
  const caller = callerOf(response);
  const set = await publishedSet(store);
  const { pipeline, stage, status, stalled, q } = query;
  const filter: CaseFilter = {
    ...ownersAsked(query, caller, visibleOwners(set.roles, caller.people, caller.person)),
    ...(pipeline !== undefined && { pipeline }),
    ...(stage !== undefined && { stage }),
    ...(status !== undefined && { status }),
    ...(stalled !== undefined && { stalled }),
    ...(q !== undefined && { title_contains: q }),
  };
  const page = await listCases(store, filter, query.limit, cursorAsked(query));
  const now = new Date().toISOString();
  const answer: Page<CaseRow> = {
    items: await makeCaseRows(store, set, caller.people, page.cases, now),
    ...(page.next !== undefined && { next_cursor: cursorText(page.next) }),
  };
  response.json(answer);
}

function openingBody(request: Request): unknown {
  const body: unknown = request.body ?? {};
  // `command` may be left out: the address says it.
  const isPlain = typeof body === 'object' && body !== null && !Array.isArray(body) && !('command' in body);
  return isPlain ? { ...body, command: 'open' } : body;
}

async function open({ store, entities, log }: ApiDeps, request: Request, response: Response): Promise<void> {
  const key = parseIdempotencyKey(request);
  const body = parseBody(commandSchema, openingBody(request));
  if (body.command !== 'open') {
    const message = { zh: '此处只接受 `open`', en: 'only `open` is taken here' };
    throw new ApiProblem('invalid-request', message, {
      problems: [{ code: 'unknown-command', path: '/command', message }],
    });
  }
  const { person, people } = callerOf(response);
  const set = await publishedSet(store);
  const id = caseIdOf(person.person, key);
  const command = { id: key, actor: person.person, body, sent_at: new Date().toISOString() };
  const reply = await entities.send('case', id, command, { isNew: true });
  const rules = body.pipeline === undefined ? undefined : set.rules[body.pipeline];
  const wording = wordingOf(people, set, rules);
  const accepted = acceptedOrProblem(reply, { id: key, wording, log });
  response
    .status(201)
    .location(`/v1/cases/${id}`)
    .json(acceptedAnswer(id, accepted, wording));
}

export function addCasesRoutes(router: Router, deps: ApiDeps): void {
  addRoute(router, '/cases', {
    get: (request, response) => list(deps, request, response),
    post: (request, response) => open(deps, request, response),
  });
}

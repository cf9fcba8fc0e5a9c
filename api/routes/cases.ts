/** `/v1/cases`: the list of cases one may see, and opening a new one. */

import { z } from 'zod';
import { commandSchema } from '../../engine/case/command-schema.ts';
import { type CaseFilter, cursorText, listCases, parseCursor } from '../../store/list-cases.ts';
import { acceptedOrProblem } from '../answer-reply.ts';
import type { Caller } from '../caller.ts';
import { caseIdOf } from '../case-id.ts';
import type { ApiDeps } from '../deps.ts';
import { ownersAsked } from '../owners-asked.ts';
import { ApiProblem } from '../problem.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import { acceptedAnswer, acceptedShape } from '../views/accepted-answer.ts';
import { caseRow } from '../views/case-row.ts';
import { makeCaseRows } from '../views/make-case-rows.ts';
import { wordingOf } from '../views/reason-view.ts';
import { limit, word, yesNo } from '../wire/query.ts';
import { pageOf } from '../wire/shapes.ts';

const listQuery = z.strictObject({
  owner: word.exactOptional().meta({ description: 'A person’s id or name.' }),
  manager: word.exactOptional().meta({ description: 'Of this manager’s team: id or name.' }),
  pipeline: word.exactOptional(),
  parent: word.exactOptional().meta({ description: 'Those that this case started.' }),
  stage: word.exactOptional(),
  status: z.enum(['open', 'won', 'lost']).exactOptional(),
  stalled: yesNo.exactOptional(),
  q: word.exactOptional().meta({ description: 'What the title contains.' }),
  limit,
  cursor: word.exactOptional().meta({ description: 'The `next_cursor` of the page before.' }),
});

type ListQuery = z.output<typeof listQuery>;

function cursorAsked(query: ListQuery) {
  if (query.cursor === undefined) return undefined;
  const cursor = parseCursor(query.cursor);
  if (cursor !== undefined) return cursor;
  const message = { zh: '不是本接口给出的游标', en: 'is not a cursor of this list' };
  throw new ApiProblem('invalid-request', message, {
    problems: [{ code: 'cursor-malformed', path: '/query/cursor', message }],
  });
}

interface Asked {
  readonly query: ListQuery;
  readonly caller: Caller;
}

async function list({ store }: ApiDeps, { query, caller }: Asked) {
  const set = await publishedSet(store);
  const { pipeline, parent, stage, status, stalled, q } = query;
  const owners = ownersAsked(query, caller, set.roles);
  const filter: CaseFilter = {
    ...(owners !== undefined && { owners }),
    ...(pipeline !== undefined && { pipeline }),
    ...(parent !== undefined && { parent }),
    ...(stage !== undefined && { stage }),
    ...(status !== undefined && { status }),
    ...(stalled !== undefined && { stalled }),
    ...(q !== undefined && { title_contains: q }),
  };
  const page = await listCases(store, filter, query.limit, cursorAsked(query));
  const now = new Date().toISOString();
  const items = await makeCaseRows(store, set, caller.people, page.cases, now);
  const next = page.next === undefined ? {} : { next_cursor: cursorText(page.next) };
  return { status: 200, body: { items, ...next } } as const;
}

/** `command` may be left out: the address says it. */
function openingBody(sent: unknown): unknown {
  const body = sent ?? {};
  const isPlain = typeof body === 'object' && !Array.isArray(body) && !('command' in body);
  return isPlain ? { ...body, command: 'open' } : body;
}

interface Sent {
  readonly body: z.output<typeof commandSchema>;
  readonly key: string;
  readonly caller: Caller;
}

async function open({ store, entities, log }: ApiDeps, { body, key, caller }: Sent) {
  if (body.command !== 'open') {
    const message = { zh: '此处只接受 `open`', en: 'only `open` is taken here' };
    throw new ApiProblem('invalid-request', message, {
      problems: [{ code: 'unknown-command', path: '/command', message }],
    });
  }
  const { person, people } = caller;
  const set = await publishedSet(store);
  const id = caseIdOf(person.person, key);
  const command = { id: key, actor: person.person, body, sent_at: new Date().toISOString() };
  const reply = await entities.send('case', id, command, { isNew: true });
  const rules = body.pipeline === undefined ? undefined : set.rules[body.pipeline];
  const wording = wordingOf(people, set, rules);
  const accepted = acceptedOrProblem(reply, { id: key, wording, log });
  const headers = { Location: `/v1/cases/${id}` };
  return { status: 201, headers, body: acceptedAnswer(id, accepted, wording) } as const;
}

export const casesRoutes = [
  route({
    method: 'get',
    path: '/v1/cases',
    name: 'listCases',
    summary: 'The cases one may see',
    query: listQuery,
    answers: { 200: { description: 'A page of them, longest stalled first.', body: pageOf(caseRow) } },
    handle: list,
  }),
  route({
    method: 'post',
    path: '/v1/cases',
    name: 'openCase',
    summary: 'Open a case',
    description: 'The Idempotency-Key makes the id of the case: a repeat meets the same one.',
    body: commandSchema,
    readBody: openingBody,
    isCommand: true,
    answers: {
      201: { description: 'The case is open.', headers: { Location: 'Where it is.' }, body: acceptedShape },
    },
    handle: open,
  }),
];

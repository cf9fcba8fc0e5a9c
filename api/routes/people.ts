/** `/v1/people`: who is who, and letting somebody join. */

import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { listPeople } from '../../store/people.ts';
import { addRoute } from '../add-route.ts';
import { acceptedOrProblem } from '../answer-reply.ts';
import { callerOf } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { parseBody, parseIdempotencyKey, parseQuery } from '../wire/parse-request.ts';
import { word, yesNo } from '../wire/query.ts';

const listQuery = z.strictObject({ role: word.exactOptional(), active: yesNo.default(true) });

async function list({ store }: ApiDeps, request: Request, response: Response): Promise<void> {
  const { role, active } = parseQuery(listQuery, request);
  const people = await listPeople(store);
  const items = Object.values(people.by_id)
    .filter((person) => person.active === active && (role === undefined || person.role === role))
    .sort((a, b) => (a.person < b.person ? -1 : 1));
  response.json({ items, version: people.version });
}

/** `system` is the actor of timers. */
const personId = z
  .string()
  .max(100)
  .regex(/^(?!system$)[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u);

const text = z.string().min(1).max(200);

/** What holds of names and posts beyond their form is judged by the person's decider. */
const joinBody = z.strictObject({
  person: personId,
  name: text,
  role: text,
  manager: text.exactOptional(),
  region: text.exactOptional(),
  email: text.exactOptional(),
  lang: z.enum(['zh', 'en']).exactOptional(),
  active: z.boolean().exactOptional(),
});

async function join({ entities, log }: ApiDeps, request: Request, response: Response): Promise<void> {
  const key = parseIdempotencyKey(request);
  const { person: id, ...profile } = parseBody(joinBody, request.body);
  const { person, people } = callerOf(response);
  const command = {
    id: key,
    actor: person.person,
    body: { command: 'join', ...profile },
    sent_at: new Date().toISOString(),
  };
  const reply = await entities.send('person', id, command, { isNew: true });
  const accepted = acceptedOrProblem(reply, { id: key, wording: { people, titles: undefined }, log });
  response.status(201).json({ outcome: accepted.outcome, person: id, entry: accepted.entry });
}

export function addPeopleRoutes(router: Router, deps: ApiDeps): void {
  addRoute(router, '/people', {
    get: (request, response) => list(deps, request, response),
    post: (request, response) => join(deps, request, response),
  });
}

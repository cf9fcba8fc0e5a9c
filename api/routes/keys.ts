/** `/v1/keys`: API keys, made and revoked by those who may administer. */

import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { type ApiKey, createKey, findKey, listKeys, revokeKey } from '../../store/keys.ts';
import { addRoute } from '../add-route.ts';
import { type Caller, callerOf, requireRight } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { findPerson } from '../find-person.ts';
import { ApiProblem } from '../problem.ts';
import { currentSet } from '../published-set.ts';
import type { KeyView, NewKey } from '../views/key-view.ts';
import { parseBody } from '../wire/parse-request.ts';

const ID_LENGTH = 12;

function keyView({ hash, person, label, created_at, revoked_at }: ApiKey): KeyView {
  return { id: hash.slice(0, ID_LENGTH), person, label, created_at, ...(revoked_at !== null && { revoked_at }) };
}

async function administrator({ store }: ApiDeps, response: Response): Promise<Caller> {
  const caller = callerOf(response);
  requireRight(caller, 'administer', await currentSet(store));
  return caller;
}

async function list(deps: ApiDeps, response: Response): Promise<void> {
  await administrator(deps, response);
  response.json({ items: (await listKeys(deps.store)).map(keyView) });
}

const createBody = z.strictObject({
  person: z.string().min(1).max(200),
  label: z.string().max(200).default(''),
});

async function create(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { people } = await administrator(deps, response);
  const { person, label } = parseBody(createBody, request.body);
  const secret = await createKey(deps.store, findPerson(people, person, '/person'), label);
  const made = await findKey(deps.store, secret);
  if (made === undefined) throw new Error('the key that was just made is gone');
  const answer: NewKey = { ...keyView(made), key: secret };
  response.status(201).set('Cache-Control', 'no-store').json(answer);
}

async function revoke(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  await administrator(deps, response);
  const { id } = request.params;
  const found = (await listKeys(deps.store)).find((key) => key.hash.slice(0, ID_LENGTH) === id);
  if (found === undefined) {
    const message = { zh: '没有这个密钥', en: 'there is no such key' };
    throw new ApiProblem('not-found', message, { problems: [{ code: 'no-such-key', path: '', message }] });
  }
  // Revoking what is revoked already changes nothing and is no mistake.
  await revokeKey(deps.store, found.hash, new Date().toISOString());
  response.status(204).end();
}

export function addKeysRoutes(router: Router, deps: ApiDeps): void {
  addRoute(router, '/keys', {
    get: (_request, response) => list(deps, response),
    post: (request, response) => create(deps, request, response),
  });
  addRoute(router, '/keys/:id', { delete: (request, response) => revoke(deps, request, response) });
}

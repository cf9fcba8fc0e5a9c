/** `/v1/keys`: API keys, made and revoked by those who may administer. */

import { z } from 'zod';
import { type ApiKey, createKey, findKey, listKeys, revokeKey } from '../../store/keys.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { findPerson } from '../find-person.ts';
import { ApiProblem } from '../problem.ts';
import { route } from '../route.ts';
import { type KeyView, keyShape, newKeyShape } from '../views/key-view.ts';
import { idOf } from '../wire/query.ts';
import { list as listOf } from '../wire/shapes.ts';

const ID_LENGTH = 12;

function keyView({ hash, person, label, created_at, revoked_at }: ApiKey): KeyView {
  return { id: hash.slice(0, ID_LENGTH), person, label, created_at, ...(revoked_at !== null && { revoked_at }) };
}

async function list({ store }: ApiDeps) {
  return { status: 200, body: { items: (await listKeys(store)).map(keyView) } } as const;
}

const createBody = z.strictObject({
  person: z.string().min(1).max(200),
  label: z.string().max(200).default(''),
});

interface Sent {
  readonly body: z.output<typeof createBody>;
  readonly caller: Caller;
}

async function create({ store }: ApiDeps, { body: { person, label }, caller }: Sent) {
  const secret = await createKey(store, findPerson(caller.people, person, '/person'), label);
  const made = await findKey(store, secret);
  if (made === undefined) throw new Error('the key that was just made is gone');
  const headers = { 'Cache-Control': 'no-store' };
  return { status: 201, headers, body: { ...keyView(made), key: secret } } as const;
}

async function revoke({ store }: ApiDeps, { params }: { readonly params: { readonly id: string } }) {
  const found = (await listKeys(store)).find((key) => key.hash.slice(0, ID_LENGTH) === params.id);
  if (found === undefined) {
    const message = { zh: '没有这个密钥', en: 'there is no such key' };
    throw new ApiProblem('not-found', message, { problems: [{ code: 'no-such-key', path: '', message }] });
  }
  // Revoking what is revoked already changes nothing and is no mistake.
  await revokeKey(store, found.hash, new Date().toISOString());
  return { status: 204 } as const;
}

export const keysRoutes = [
  route({
    method: 'get',
    path: '/v1/keys',
    name: 'listKeys',
    summary: 'All API keys, without their secrets',
    right: 'administer',
    answers: { 200: { description: 'The keys.', body: z.strictObject({ items: listOf(keyShape) }) } },
    handle: list,
  }),
  route({
    method: 'post',
    path: '/v1/keys',
    name: 'createKey',
    summary: 'Make a key that acts as one person',
    right: 'administer',
    body: createBody,
    answers: { 201: { description: 'The key, shown this once.', body: newKeyShape } },
    handle: create,
  }),
  route({
    method: 'delete',
    path: '/v1/keys/{id}',
    name: 'revokeKey',
    summary: 'Revoke a key',
    right: 'administer',
    params: z.strictObject({ id: idOf('the key') }),
    answers: { 204: { description: 'It is revoked.' } },
    handle: revoke,
  }),
];

/** Who asks: settled by the API key before any route runs. */

import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Right } from '../engine/playbook/roles.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { People, Person } from '../engine/who/people.ts';
import { personOf } from '../engine/who/reporting-line.ts';
import { holdsRight } from '../engine/who/rights.ts';
import { findKey } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import { listPeople } from '../store/people.ts';
import { ApiProblem } from './problem.ts';

export interface Caller {
  readonly person: Person;
  readonly people: People;
}

/** Kept beside the response, so that no other middleware can set it. */
const callers = new WeakMap<Response, Caller>();

const BEARER = /^Bearer +(\S+)$/i;

/** @throws ApiProblem 401 for a key that is missing, not ours, revoked, or of somebody who has left. */
async function findCaller(store: Store, request: Request): Promise<Caller> {
  const secret = BEARER.exec(request.get('Authorization') ?? '')?.[1];
  if (secret === undefined) {
    throw new ApiProblem(
      'api-key-missing',
      { zh: '请带上请求头 Authorization: Bearer pr_…', en: 'send the header `Authorization: Bearer pr_…`' },
      { headers: { 'WWW-Authenticate': 'Bearer realm="playrail"' } },
    );
  }
  const key = await findKey(store, secret);
  const people = await listPeople(store);
  const person = key === undefined ? undefined : personOf(people, key.person);
  if (person === undefined || !person.active) {
    throw new ApiProblem(
      'api-key-unknown',
      { zh: '密钥不存在、已吊销，或其本人已离职', en: 'there is no such key, it was revoked, or its person has left' },
      { headers: { 'WWW-Authenticate': 'Bearer realm="playrail", error="invalid_token"' } },
    );
  }
  return { person, people };
}

/** `slowDown` is passed by requests without a good key only, so that others behind the same address are not held up. */
export function authenticate(store: Store, slowDown: RequestHandler) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    try {
      callers.set(response, await findCaller(store, request));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      await slowDown(request, response, (slowed) => next(slowed ?? error));
      return;
    }
    next();
  };
}

/** Absent before and without authentication. */
export function knownCaller(response: Response): Caller | undefined {
  return callers.get(response);
}

/** @throws Error on a route that stands before `authenticate`: a defect of ours. */
export function callerOf(response: Response): Caller {
  const caller = callers.get(response);
  if (caller === undefined) throw new Error('this route is not behind authentication');
  return caller;
}

/** The built-in post that can always repair an installation, whatever the playbooks say. */
export const ADMIN_ROLE = 'admin';

/** @throws ApiProblem 403. For what is about nobody's case: `administer`, `import`. */
export function requireRight(caller: Caller, right: Right, set: PlaybookSet | undefined): void {
  const { person, people } = caller;
  if (person.role === ADMIN_ROLE) return;
  if (set !== undefined && holdsRight(set.roles, people, person.person, right)) return;
  throw forbidden(right);
}

export function forbidden(right: Right): ApiProblem {
  const message = { zh: `你没有 \`${right}\` 的权限`, en: `you have no right to \`${right}\` here` };
  return new ApiProblem('forbidden', message, { problems: [{ code: 'no-right', path: '', message }] });
}

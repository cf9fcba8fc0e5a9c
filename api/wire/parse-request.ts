/** Parses the parts of a request at the border, or throws the problem that names what is wrong. */

import type { Request } from 'express';
import type { z } from 'zod';
import { problemsOf } from '../../engine/case/schema-problems.ts';
import { ApiProblem } from '../problem.ts';
import { QUERY_TEXTS } from './query.ts';

function parse<S extends z.ZodType>(schema: S, input: unknown, root: string): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems = problemsOf(result.error, input, root).map((problem) => ({
    ...problem,
    message: QUERY_TEXTS[problem.code] ?? problem.message,
  }));
  const places = problems.map((problem) => `\`${problem.path === '' ? '/' : problem.path}\``).join(', ');
  throw new ApiProblem(
    'invalid-request',
    { zh: `不合格式之处：${places}`, en: `malformed at ${places}` },
    { problems },
  );
}

/**
 * No body at all reads as an empty object: the schema then says what is missing.
 * @throws ApiProblem 400 `invalid-request`.
 */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  return parse(schema, body ?? {}, '');
}

/** @throws ApiProblem 404: what an address names must be of the form of what there is. */
export function parseParams<S extends z.ZodType>(schema: S, request: Request): z.output<S> {
  const result = schema.safeParse(request.params);
  if (result.success) return result.data;
  throw new ApiProblem('not-found', { zh: '没有这样的东西', en: 'there is nothing of that name' });
}

/** @throws ApiProblem 400 `invalid-request`. */
export function parseQuery<S extends z.ZodType>(schema: S, request: Request): z.output<S> {
  return parse(schema, request.query, '/query');
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * The command's id: a repeat with the same key gets the first reply.
 * @throws ApiProblem 400 `invalid-request` when it is missing or malformed.
 */
export function parseIdempotencyKey(request: Request): string {
  const key = request.get('Idempotency-Key');
  if (key !== undefined && IDEMPOTENCY_KEY.test(key)) return key;
  const message = {
    zh: '需要请求头 Idempotency-Key：每个命令一个新的值，1 到 200 个可见 ASCII 字符',
    en: 'the header Idempotency-Key is needed: 1 to 200 visible ASCII characters, new for each command',
  };
  const problems = [{ code: 'idempotency-key', path: '/headers/idempotency-key', message }];
  throw new ApiProblem('invalid-request', message, { problems });
}

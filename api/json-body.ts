/** Reads a JSON body of bounded size. */

import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { isTooDeep, TOO_DEEP } from '../store/check-sent.ts';
import { ApiProblem } from './problem.ts';

function hasBody(request: Request): boolean {
  const length = request.get('Content-Length');
  return request.get('Transfer-Encoding') !== undefined || (length !== undefined && length !== '0');
}

function requireJson(request: Request, _response: Response, next: NextFunction): void {
  if (!hasBody(request) || request.is('application/json') !== false) {
    next();
    return;
  }
  const sent = request.get('Content-Type') ?? '';
  next(
    new ApiProblem('unsupported-media-type', {
      zh: `请求体应为 application/json，而不是 \`${sent}\``,
      en: `the body must be application/json, not \`${sent}\``,
    }),
  );
}

/** Nothing of ours walks a body before this. */
function requireShallow(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  if (!isTooDeep(body)) {
    next();
    return;
  }
  const problems = [{ code: 'malformed-nesting', path: '', message: TOO_DEEP }];
  next(new ApiProblem('invalid-request', TOO_DEEP, { problems }));
}

/** `limit` in bytes; a larger body is answered by 413 without being read. */
export function jsonBody(limit: number): RequestHandler[] {
  return [requireJson, express.json({ limit, strict: true }), requireShallow];
}

/** How much one person, one address and everybody together may ask for: rates by the minute, requests under way at once. */

import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { callerOf } from './caller.ts';
import { ApiProblem } from './problem.ts';

export interface ApiLimits {
  /** Of one person, whatever the key. */
  readonly requestsPerMinute: number;
  /** Of one address, whoever asks from there. */
  readonly addressRequestsPerMinute: number;
  /** Of one address, with keys that are missing or wrong. */
  readonly badKeysPerMinute: number;
  /** Under way at once, of one person; streams of events count. */
  readonly concurrentPerPerson: number;
  /** Under way at once, of everybody. */
  readonly concurrent: number;
}

export const DEFAULT_LIMITS: ApiLimits = {
  requestsPerMinute: 3_000,
  // A whole company may sit behind one address.
  addressRequestsPerMinute: 30_000,
  badKeysPerMinute: 60,
  concurrentPerPerson: 100,
  concurrent: 1_000,
};

const MINUTE_MS = 60_000;

function tooMany(retryAfterSeconds: number): ApiProblem {
  const detail = { zh: '请求过于频繁，请稍候', en: 'too many requests, wait a little' };
  return new ApiProblem('too-many-requests', detail, { retryAfterSeconds });
}

/** Seconds until the window of `express-rate-limit` ends. */
function secondsLeft(request: Request): number {
  const { rateLimit: used } = request as Request & { readonly rateLimit?: { readonly resetTime?: Date } };
  const ms = (used?.resetTime?.getTime() ?? Date.now() + MINUTE_MS) - Date.now();
  return Math.max(1, Math.ceil(ms / 1_000));
}

function perMinute(limit: number, keyOf: (request: Request, response: Response) => string, tells: boolean) {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit,
    keyGenerator: keyOf,
    standardHeaders: tells ? 'draft-8' : false,
    legacyHeaders: false,
    handler: (request, _response, next) => next(tooMany(secondsLeft(request))),
  });
}

function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}

export function addressLimit({ addressRequestsPerMinute }: ApiLimits): RequestHandler {
  return perMinute(addressRequestsPerMinute, addressOf, false);
}

/** Counts what is passed to it: requests with keys that are missing or wrong. */
export function badKeyLimit({ badKeysPerMinute }: ApiLimits): RequestHandler {
  return perMinute(badKeysPerMinute, addressOf, false);
}

export function personLimit({ requestsPerMinute }: ApiLimits): RequestHandler {
  return perMinute(requestsPerMinute, (_request, response) => callerOf(response).person.person, true);
}

/** Lets so many through at once; `keyOf` says who shares a count. */
function atOnce(most: number, keyOf: (response: Response) => string, turnedAway: () => ApiProblem): RequestHandler {
  const underWay = new Map<string, number>();
  return (_request: Request, response: Response, next: NextFunction): void => {
    const key = keyOf(response);
    const count = underWay.get(key) ?? 0;
    if (count >= most) {
      next(turnedAway());
      return;
    }
    underWay.set(key, count + 1);
    response.once('close', () => {
      const left = (underWay.get(key) ?? 1) - 1;
      if (left === 0) underWay.delete(key);
      else underWay.set(key, left);
    });
    next();
  };
}

export function concurrencyLimit({ concurrent }: ApiLimits): RequestHandler {
  const detail = { zh: '服务器繁忙，请稍候', en: 'the server has its hands full, wait a moment' };
  const turnedAway = () => new ApiProblem('unavailable', detail, { retryAfterSeconds: 1 });
  return atOnce(concurrent, () => 'everybody', turnedAway);
}

export function personConcurrencyLimit({ concurrentPerPerson }: ApiLimits): RequestHandler {
  return atOnce(
    concurrentPerPerson,
    (response) => callerOf(response).person.person,
    () => tooMany(1),
  );
}

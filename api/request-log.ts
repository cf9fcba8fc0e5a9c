/** One line and one count for each request: where it went and how it ended, never what it carried. */

import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { FaultCause } from '../engine/fault.ts';
import type { ApiMetrics } from './api-metrics.ts';
import { knownCaller } from './caller.ts';
import type { ApiDeps } from './deps.ts';
import type { ProblemCode } from './problem.ts';

export interface RequestNote {
  /** As declared: `/v1/cases/{id}`; what was asked for may hold anything. */
  readonly route?: string;
  /** `case/c-1`. */
  readonly entity?: string;
  /** The command's name. */
  readonly command?: string;
  readonly problem?: ProblemCode;
  readonly cause?: FaultCause;
}

const notes = new WeakMap<Response, RequestNote>();

/** Adds to what is told of the request when it is over. */
export function noteRequest(response: Response, note: RequestNote): void {
  notes.set(response, { ...notes.get(response), ...note });
}

export function routeOf(response: Response): string {
  return notes.get(response)?.route ?? NOWHERE;
}

/** Turned away before a route was found, or there is none. */
const NOWHERE = 'none';

/** A caller's own number for the request is kept where it cannot be anything else. */
function requestId(request: Request): string {
  const given = request.get('X-Request-Id');
  return given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']);

export function logRequests({ log }: ApiDeps, metrics: ApiMetrics | undefined) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    const id = requestId(request);
    response.set('X-Request-Id', id);
    const method = METHODS.has(request.method) ? request.method : 'other';
    response.once('close', () => {
      const ms = performance.now() - started;
      const { route = NOWHERE, ...note } = notes.get(response) ?? {};
      const status = response.writableFinished ? response.statusCode : 499;
      const person = knownCaller(response)?.person.person;
      metrics?.answered({ method, route, status, seconds: ms / 1_000, ...(note.cause && { cause: note.cause }) });
      log.info({ request: id, method, route, status, ms: Math.round(ms), person, ...note }, 'request');
    });
    next();
  };
}

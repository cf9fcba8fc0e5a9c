/** The HTTP API: an Express app around the store and the entities' workflows. */

import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { authenticate, callerOf, knownCaller } from './caller.ts';
import { type ApiDeps, DEFAULT_LIMITS } from './deps.ts';
import { mountRoutes } from './mount-routes.ts';
import { ApiProblem } from './problem.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';
import { sendProblem } from './send-problem.ts';

const MINUTE_MS = 60_000;

function tooMany(_request: Request, _response: Response, next: NextFunction): void {
  next(
    new ApiProblem(
      'too-many-requests',
      { zh: '请求过于频繁，请稍候', en: 'too many requests, wait a little' },
      { retryAfterSeconds: 60 },
    ),
  );
}

/** Counts what is passed to it: requests with keys that are missing or wrong. */
function badKeyLimit(perMinute: number) {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
    standardHeaders: false,
    legacyHeaders: false,
    handler: tooMany,
  });
}

function personLimit(perMinute: number) {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    keyGenerator: (_request, response) => callerOf(response).person.person,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: tooMany,
  });
}

/** One line for each request: never its key, its body or what follows the `?`. */
function logRequests({ log }: ApiDeps) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    const { method, path } = request;
    response.on('finish', () => {
      const ms = Math.round(performance.now() - started);
      const person = knownCaller(response)?.person.person;
      log.info({ method, path, status: response.statusCode, ms, person }, 'request');
    });
    next();
  };
}

export function createApp(deps: ApiDeps): Express {
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const app = express();
  app.disable('x-powered-by');
  // State changes all the time: a digest of every answer would be work for nothing.
  app.disable('etag');
  app.use(helmet());
  app.use(logRequests(deps));
  const isOpen = (route: Route) => route.isOpen === true;
  app.use(mountRoutes(ROUTES.filter(isOpen), deps));
  app.use('/v1', authenticate(deps.store, badKeyLimit(limits.badKeysPerMinute)), personLimit(limits.requestsPerMinute));
  app.use(
    mountRoutes(
      ROUTES.filter((route) => !isOpen(route)),
      deps,
    ),
  );
  app.use((request: Request, _response: Response, next: NextFunction) => {
    const path = request.path.slice(0, 200);
    next(new ApiProblem('unknown-route', { zh: `没有 \`${path}\``, en: `there is nothing at \`${path}\`` }));
  });
  app.use(sendProblem(deps));
  return app;
}

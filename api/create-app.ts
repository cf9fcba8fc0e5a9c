/** The HTTP API: an Express app around the store and the entities' workflows. */

import express, { type Express, type NextFunction, type Request, type Response, Router } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { authenticate, callerOf, knownCaller } from './caller.ts';
import { type ApiDeps, DEFAULT_LIMITS } from './deps.ts';
import { jsonBody } from './json-body.ts';
import { ApiProblem } from './problem.ts';
import { addAuditRoutes } from './routes/audit.ts';
import { addCaseRoutes } from './routes/case.ts';
import { addCasesRoutes } from './routes/cases.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addImportsRoutes } from './routes/imports.ts';
import { addInboxRoutes } from './routes/inbox.ts';
import { addKeysRoutes } from './routes/keys.ts';
import { addPeopleRoutes } from './routes/people.ts';
import { addPlaybooksRoutes } from './routes/playbooks.ts';
import { sendProblem } from './send-problem.ts';

const MINUTE_MS = 60_000;
const BODY_LIMIT = 256 * 1024;
/** A whole playbook folder fits. */
const PLAYBOOKS_LIMIT = 4 * 1024 * 1024;
/** The files of an export: 100,000 rows are about 10 MB. */
const IMPORTS_LIMIT = 64 * 1024 * 1024;

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

function apiRouter(deps: ApiDeps): Router {
  const router = Router();
  addCasesRoutes(router, deps);
  addCaseRoutes(router, deps);
  addInboxRoutes(router, deps);
  addPeopleRoutes(router, deps);
  addPlaybooksRoutes(router, deps);
  addKeysRoutes(router, deps);
  addAuditRoutes(router, deps);
  addImportsRoutes(router, deps);
  return router;
}

export function createApp(deps: ApiDeps): Express {
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const app = express();
  app.disable('x-powered-by');
  // State changes all the time: a digest of every answer would be work for nothing.
  app.disable('etag');
  app.use(helmet());
  app.use(logRequests(deps));
  const open = Router();
  addHealthRoutes(open, deps);
  app.use(open);
  app.use('/v1', authenticate(deps.store, badKeyLimit(limits.badKeysPerMinute)), personLimit(limits.requestsPerMinute));
  app.use('/v1/playbooks/check', jsonBody(PLAYBOOKS_LIMIT));
  app.use('/v1/imports', jsonBody(IMPORTS_LIMIT));
  app.use('/v1', jsonBody(BODY_LIMIT), apiRouter(deps));
  app.use((request: Request, _response: Response, next: NextFunction) => {
    const path = request.path.slice(0, 200);
    next(new ApiProblem('unknown-route', { zh: `没有 \`${path}\``, en: `there is nothing at \`${path}\`` }));
  });
  app.use(sendProblem(deps.log));
  return app;
}

/** The HTTP API: an Express app around the store and the entities' workflows. */

import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import { authenticate } from './caller.ts';
import type { ApiDeps } from './deps.ts';
import {
  addressLimit,
  badKeyLimit,
  concurrencyLimit,
  DEFAULT_LIMITS,
  personConcurrencyLimit,
  personLimit,
} from './limits.ts';
import { mountRoutes } from './mount-routes.ts';
import { ApiProblem } from './problem.ts';
import { logRequests } from './request-log.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';
import { sendProblem } from './send-problem.ts';

/** Answers are data: no page may frame them, run them or load anything for them. */
const HEADERS: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'frame-ancestors': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
    },
  },
  xFrameOptions: { action: 'deny' },
};

/** Without digests of answers there is nothing to compare: `If-None-Match: *` would get a 304 instead of an answer. */
function withoutConditions(request: Request, _response: Response, next: NextFunction): void {
  delete request.headers['if-none-match'];
  delete request.headers['if-modified-since'];
  next();
}

export function createApp(deps: ApiDeps): Express {
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const app = express();
  app.disable('x-powered-by');
  // State changes all the time: a digest of every answer would be work for nothing.
  app.disable('etag');
  // Unset, the header X-Forwarded-For is not believed.
  app.set('trust proxy', deps.proxies ?? false);
  app.use(helmet(HEADERS), withoutConditions);
  app.use(logRequests(deps, deps.metrics?.api));
  // Not for health: whoever looks after us must always hear.
  app.use('/v1', addressLimit(limits), concurrencyLimit(limits));
  const isOpen = (route: Route) => route.isOpen === true;
  app.use(mountRoutes(ROUTES.filter(isOpen), deps));
  app.use('/v1', authenticate(deps.store, badKeyLimit(limits)), personLimit(limits), personConcurrencyLimit(limits));
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

/** What a process without an API shows of itself over HTTP: whether it lives, whether it can work, its figures. */

import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { ApiDeps } from './deps.ts';
import { mountRoutes } from './mount-routes.ts';
import { ApiProblem } from './problem.ts';
import { healthRoutes } from './routes/health.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { sendProblem } from './send-problem.ts';

export function createProbeApp(deps: ApiDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(helmet());
  app.use(mountRoutes([...healthRoutes, ...metricsRoutes], deps));
  app.use((_request: Request, _response: Response, next: NextFunction) => {
    next(new ApiProblem('unknown-route', { zh: '没有这个地址', en: 'there is nothing here' }));
  });
  app.use(sendProblem(deps));
  return app;
}

/** Adds an address to a router, with a clear answer for every method it does not have. */

import type { NextFunction, Request, Response, Router } from 'express';
import { ApiProblem } from './problem.ts';

type Method = 'get' | 'post' | 'delete';
type Handler = (request: Request, response: Response) => Promise<void> | void;

/** What a method's handlers throw or reject with is answered by `sendProblem`. */
export function addRoute(router: Router, path: string, handlers: Readonly<Partial<Record<Method, Handler>>>): void {
  const route = router.route(path);
  for (const method of ['get', 'post', 'delete'] as const) {
    const handler = handlers[method];
    if (handler !== undefined) route[method](handler);
  }
  const allowed = Object.keys(handlers).map((method) => method.toUpperCase());
  if (allowed.includes('GET')) allowed.push('HEAD');
  route.all((request: Request, _response: Response, next: NextFunction) => {
    const list = allowed.join(', ');
    const detail = { zh: `此处不支持 ${request.method}，可用 ${list}`, en: `no ${request.method} here, only ${list}` };
    next(new ApiProblem('method-not-allowed', detail, { headers: { Allow: list } }));
  });
}

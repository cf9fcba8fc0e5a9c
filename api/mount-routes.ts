/** Mounts declared routes on a router, with a clear answer for every method an address does not have. */

import { type NextFunction, type Request, type Response, Router } from 'express';
import type { ApiDeps } from './deps.ts';
import { jsonBody } from './json-body.ts';
import { ApiProblem } from './problem.ts';
import { noteRequest } from './request-log.ts';
import type { Route } from './route.ts';

/** What most commands and questions stay far under. */
const USUAL_BODY_LIMIT = 256 * 1024;

/** `/v1/cases/{id}` as Express writes it. */
function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function notAllowed(methods: readonly string[]) {
  const list = methods.join(', ');
  return (request: Request, _response: Response, next: NextFunction): void => {
    const detail = { zh: `此处不支持 ${request.method}，可用 ${list}`, en: `no ${request.method} here, only ${list}` };
    next(new ApiProblem('method-not-allowed', detail, { headers: { Allow: list } }));
  };
}

/** What a handler throws or rejects with is answered by `sendProblem`. */
export function mountRoutes(routes: readonly Route[], deps: ApiDeps): Router {
  const router = Router();
  for (const path of new Set(routes.map((route) => route.path))) {
    const atPath = routes.filter((route) => route.path === path);
    const address = router.route(expressPath(path));
    for (const route of atPath) {
      const body = route.body === undefined ? [] : jsonBody(route.bodyLimit ?? USUAL_BODY_LIMIT);
      const note = (_request: Request, response: Response, next: NextFunction): void => {
        noteRequest(response, { route: route.path });
        next();
      };
      address[route.method](note, ...body, (request, response) => route.answer(deps, request, response));
    }
    const methods = atPath.map((route) => route.method.toUpperCase());
    address.all(notAllowed(methods.includes('GET') ? [...methods, 'HEAD'] : methods));
  }
  return router;
}

/** `/healthz` and `/readyz`: whether the process lives, and whether it can do its work. */

import type { Response, Router } from 'express';
import { sql } from 'kysely';
import { addRoute } from '../add-route.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';

async function answers(question: Promise<unknown>): Promise<boolean> {
  try {
    await question;
    return true;
  } catch {
    return false;
  }
}

/** @throws ApiProblem 503 naming what does not answer. */
async function ready({ store, entities }: ApiDeps, response: Response): Promise<void> {
  const [postgres, temporal] = await Promise.all([answers(sql`select 1`.execute(store.db)), answers(entities.ping())]);
  const away = [...(postgres ? [] : ['PostgreSQL']), ...(temporal ? [] : ['Temporal'])];
  if (away.length === 0) {
    response.json({ status: 'ready', postgres, temporal });
    return;
  }
  throw new ApiProblem(
    'unavailable',
    { zh: `${away.join('、')} 没有回应`, en: `no answer from ${away.join(' and ')}` },
    { retryAfterSeconds: 2 },
  );
}

export function addHealthRoutes(router: Router, deps: ApiDeps): void {
  addRoute(router, '/healthz', {
    get: (_request, response) => {
      response.json({ status: 'alive' });
    },
  });
  addRoute(router, '/readyz', { get: (_request, response) => ready(deps, response) });
}

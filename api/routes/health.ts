/** `/healthz` and `/readyz`: whether the process lives, and whether it can do its work. */

import type { Response, Router } from 'express';
import { sql } from 'kysely';
import { FAULT_CAUSES, type FaultCause } from '../../engine/fault.ts';
import { causeOf } from '../../store/cause-of.ts';
import { addRoute } from '../add-route.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';

/** What is at fault, or undefined where the question is answered. */
async function faultWith(question: Promise<unknown>, otherwise: FaultCause): Promise<FaultCause | undefined> {
  try {
    await question;
    return undefined;
  } catch (error) {
    return causeOf(error) ?? otherwise;
  }
}

/** @throws ApiProblem 503 naming what is at fault. */
async function ready({ store, entities }: ApiDeps, response: Response): Promise<void> {
  const [postgres, temporal] = await Promise.all([
    faultWith(sql`select 1`.execute(store.db), 'database-away'),
    faultWith(entities.ping(), 'temporal-away'),
  ]);
  const causes = [postgres, temporal].filter((cause) => cause !== undefined);
  const [cause] = causes;
  if (cause === undefined) {
    response.json({ status: 'ready', postgres: true, temporal: true });
    return;
  }
  const titles = causes.map((one) => FAULT_CAUSES[one].title);
  const detail = {
    zh: titles.map((title) => title.zh).join('；'),
    en: titles.map((title) => title.en).join('; '),
  };
  throw new ApiProblem('unavailable', detail, { cause, retryAfterSeconds: 2 });
}

export function addHealthRoutes(router: Router, deps: ApiDeps): void {
  addRoute(router, '/healthz', {
    get: (_request, response) => {
      response.json({ status: 'alive' });
    },
  });
  addRoute(router, '/readyz', { get: (_request, response) => ready(deps, response) });
}

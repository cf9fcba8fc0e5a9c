/** `/healthz` and `/readyz`: whether the process lives, and whether it can do its work. */

import { sql } from 'kysely';
import { z } from 'zod';
import { FAULT_CAUSES, type FaultCause } from '../../engine/fault.ts';
import { causeOf } from '../../store/cause-of.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { route } from '../route.ts';

/** What is at fault, or undefined where the question is answered. */
async function faultWith(question: Promise<unknown>, otherwise: FaultCause): Promise<FaultCause | undefined> {
  try {
    await question;
    return undefined;
  } catch (error) {
    return causeOf(error) ?? otherwise;
  }
}

const readyShape = z.strictObject({ status: z.literal('ready'), postgres: z.literal(true), temporal: z.literal(true) });

/** @throws ApiProblem 503 naming what is at fault. */
async function ready({ store, entities, isDiskFull = () => false }: ApiDeps) {
  const [postgres, temporal] = await Promise.all([
    faultWith(sql`select 1`.execute(store.db), 'database-away'),
    faultWith(entities.ping(), 'temporal-away'),
  ]);
  const disk: FaultCause | undefined = isDiskFull() ? 'disk-full' : undefined;
  const causes = [disk, postgres, temporal].filter((cause) => cause !== undefined);
  const [cause] = causes;
  if (cause === undefined) return { status: 200, body: { status: 'ready', postgres: true, temporal: true } } as const;
  const titles = causes.map((one) => FAULT_CAUSES[one].title);
  const detail = {
    zh: titles.map((title) => title.zh).join('；'),
    en: titles.map((title) => title.en).join('; '),
  };
  throw new ApiProblem('unavailable', detail, { cause, retryAfterSeconds: 2 });
}

export const healthRoutes = [
  route({
    method: 'get',
    path: '/healthz',
    name: 'healthz',
    summary: 'Whether the process lives',
    isOpen: true,
    answers: { 200: { description: 'It does.', body: z.strictObject({ status: z.literal('alive') }) } },
    handle: () => ({ status: 200, body: { status: 'alive' } }) as const,
  }),
  route({
    method: 'get',
    path: '/readyz',
    name: 'readyz',
    summary: 'Whether the database and Temporal answer',
    isOpen: true,
    answers: { 200: { description: 'They do.', body: readyShape } },
    handle: ready,
  }),
];

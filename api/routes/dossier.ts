/** `GET /v1/cases/:id/dossier`: all there is of one case, in one document that verifies offline. */

import { z } from 'zod';
import { dossierShape } from '../../store/dossier/dossier.ts';
import { makeDossier } from '../../store/dossier/make-dossier.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { route } from '../route.ts';
import { type AskedCase, visibleCase } from '../visible-case.ts';
import { idOf } from '../wire/query.ts';

async function dossier(deps: ApiDeps, asked: AskedCase) {
  const { state, calendar } = await visibleCase(deps, asked);
  const made = await makeDossier(deps.store, {
    case: state.case,
    at: new Date().toISOString(),
    calendar: calendar.calendar,
    ...(deps.audit && { audit: deps.audit }),
  });
  // It was there a moment ago, and cases are never taken away.
  if (made === undefined) throw new ApiProblem('not-found', { zh: '没有这个案件', en: 'there is no such case' });
  return { status: 200, body: made } as const;
}

export const dossierRoutes = [
  route({
    method: 'get',
    path: '/v1/cases/{id}/dossier',
    name: 'exportDossier',
    summary: 'All there is of a case, in one document that can be checked without this server',
    description:
      'Its journal as kept, the rules that judged it, who was who, the checkpoint that vouches for it, and a summary.',
    params: z.strictObject({ id: idOf('the case') }),
    answers: { 200: { description: 'The dossier.', body: dossierShape } },
    problems: ['forbidden'],
    handle: dossier,
  }),
];

/** Every route of the API. */

import type { Route } from './route.ts';
import { auditRoutes } from './routes/audit.ts';
import { caseRoutes } from './routes/case.ts';
import { casesRoutes } from './routes/cases.ts';
import { debtRoutes } from './routes/debt.ts';
import { dossierRoutes } from './routes/dossier.ts';
import { eventsRoutes } from './routes/events.ts';
import { filesRoutes } from './routes/files.ts';
import { findingsRoutes } from './routes/findings.ts';
import { gatesRoutes } from './routes/gates.ts';
import { healthRoutes } from './routes/health.ts';
import { importsRoutes } from './routes/imports.ts';
import { inboxRoutes } from './routes/inbox.ts';
import { keysRoutes } from './routes/keys.ts';
import { knowledgeRoutes } from './routes/knowledge.ts';
import { measuresRoutes } from './routes/measures.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { openapiRoute } from './routes/openapi.ts';
import { peopleRoutes } from './routes/people.ts';
import { peoplePlanRoutes } from './routes/people-plan.ts';
import { personRoutes } from './routes/person.ts';
import { playbooksRoutes } from './routes/playbooks.ts';
import { repFindingsRoutes } from './routes/rep-findings.ts';
import { packetRoutes } from './routes/rep-packet.ts';
import { repRoutes } from './routes/reps.ts';
import { scorecardRoutes } from './routes/scorecards.ts';
import { weekRoutes } from './routes/week.ts';

export const ROUTES: readonly Route[] = [
  ...healthRoutes,
  ...metricsRoutes,
  openapiRoute(() => ROUTES),
  ...casesRoutes,
  ...caseRoutes,
  ...debtRoutes,
  ...findingsRoutes,
  ...measuresRoutes,
  ...dossierRoutes,
  ...gatesRoutes,
  ...filesRoutes,
  ...inboxRoutes,
  ...peopleRoutes,
  ...peoplePlanRoutes,
  ...personRoutes,
  ...repRoutes,
  ...repFindingsRoutes,
  ...packetRoutes,
  ...scorecardRoutes,
  ...weekRoutes,
  ...playbooksRoutes,
  ...knowledgeRoutes,
  ...keysRoutes,
  ...auditRoutes,
  ...eventsRoutes,
  ...importsRoutes,
];

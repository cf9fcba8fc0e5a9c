/** `/v1/audit/verify`: whether the journal is as it was written. */

import type { Response, Router } from 'express';
import { type Finding, verifyJournal } from '../../store/verify-journal.ts';
import { addRoute } from '../add-route.ts';
import { callerOf, requireRight } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { currentSet } from '../published-set.ts';
import type { AuditView } from '../views/audit-view.ts';

/** More than anybody reads; the count is always of all. */
const MOST_FINDINGS = 1_000;

async function verify({ store }: ApiDeps, response: Response): Promise<void> {
  requireRight(callerOf(response), 'administer', await currentSet(store));
  const findings: Finding[] = [];
  const counts = await verifyJournal(store, {
    report: (finding) => {
      if (findings.length < MOST_FINDINGS) findings.push(finding);
    },
  });
  const { entities, entries, findings: findings_total } = counts;
  const answer: AuditView = { ok: findings_total === 0, entities, entries, findings_total, findings };
  response.json(answer);
}

export function addAuditRoutes(router: Router, deps: ApiDeps): void {
  addRoute(router, '/audit/verify', { get: (_request, response) => verify(deps, response) });
}

/** `/v1/audit/verify`: whether the journal is as it was written. */

import type { Finding } from '../../store/audit/finding.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import type { ApiDeps } from '../deps.ts';
import { route } from '../route.ts';
import { auditShape } from '../views/audit-view.ts';

/** More than anybody reads; the count is always of all. */
const MOST_FINDINGS = 1_000;

async function verify({ store }: ApiDeps) {
  const findings: Finding[] = [];
  const counts = await verifyJournal(store, {
    report: (finding) => {
      if (findings.length < MOST_FINDINGS) findings.push(finding);
    },
  });
  const { entities, entries, findings: findings_total } = counts;
  return { status: 200, body: { ok: findings_total === 0, entities, entries, findings_total, findings } } as const;
}

export const auditRoutes = [
  route({
    method: 'get',
    path: '/v1/audit/verify',
    name: 'verifyAudit',
    summary: 'Recompute the journal’s chain and every state from it',
    right: 'administer',
    answers: { 200: { description: 'What was found.', body: auditShape } },
    handle: verify,
  }),
];

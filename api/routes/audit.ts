/** `/v1/audit`: whether the journal is as it was written, and the checkpoints that vouch for it. */

import type { z } from 'zod';
import type { Finding } from '../../store/audit/finding.ts';
import { CheckpointRefused, makeCheckpoint } from '../../store/audit/make-checkpoint.ts';
import { type VerifyCounts, verifyJournal } from '../../store/verify-journal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { type Call, route, STREAMED } from '../route.ts';
import { auditNewsShape, auditShape, checkpointShape } from '../views/audit-view.ts';

/** More than anybody reads; the count is always of all. */
const MOST_FINDINGS = 1_000;

type AnyCall = Call<z.ZodType, z.ZodType, z.ZodType>;

async function verify({ store, audit, log }: ApiDeps, { request, response }: AnyCall) {
  const checkpoints = audit === undefined ? {} : { checkpoints: audit.folder };
  const findings: Finding[] = [];
  const keep = (one: Finding): void => {
    if (findings.length < MOST_FINDINGS) findings.push(one);
  };
  if (request.accepts(['application/json', 'text/event-stream']) !== 'text/event-stream') {
    const counts = await verifyJournal(store, { ...checkpoints, report: keep });
    return { status: 200, body: resultOf(counts, findings) } as const;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  const tell = (news: z.input<typeof auditNewsShape>): void => {
    response.write(`data: ${JSON.stringify(news)}\n\n`);
  };
  try {
    const progress = ({ entities, entries }: VerifyCounts): void => tell({ news: 'progress', entities, entries });
    const counts = await verifyJournal(store, { ...checkpoints, report: keep, progress });
    tell({ news: 'result', result: resultOf(counts, findings) });
  } catch (error) {
    // The answer has begun: it ends without a result, which its reader takes for a fault.
    log.error({ error: String(error) }, 'verifying the journal failed');
  }
  response.end();
  return STREAMED;
}

function resultOf(counts: VerifyCounts, findings: readonly Finding[]): z.input<typeof auditShape> {
  const { findings: findings_total, ...rest } = counts;
  return { ok: findings_total === 0, ...rest, findings_total, findings };
}

async function sign({ store, audit }: ApiDeps) {
  if (audit === undefined) {
    // No wait mends it: a fault would be asked again and again.
    throw new ApiProblem('refused', {
      zh: '此进程没有签名密钥；请在有密钥的机器上运行 playrail audit checkpoint --local',
      en: 'this process has no key to sign with; run `playrail audit checkpoint --local` where the key is',
    });
  }
  try {
    const made = await makeCheckpoint(store, audit, { at: new Date().toISOString() });
    if (made === undefined) {
      throw new ApiProblem(
        'unavailable',
        { zh: '另一个检查点正在生成', en: 'another checkpoint is being made' },
        { retryAfterSeconds: 5 },
      );
    }
    return { status: 201, body: made } as const;
  } catch (error) {
    if (!(error instanceof CheckpointRefused)) throw error;
    const reasons = error.findings.slice(0, MOST_FINDINGS).map((one) => ({
      code: one.code,
      message: one.message,
      about: `${one.kind} ${one.id}`,
      unmet: [],
      can_meet: [],
      people: [],
      under_way: [],
    }));
    throw new ApiProblem(
      'refused',
      { zh: '日志与上一检查点不符，不予签名', en: 'the journal does not fit the checkpoint before: it is not signed' },
      { reasons },
    );
  }
}

export const auditRoutes = [
  route({
    method: 'get',
    path: '/v1/audit/verify',
    name: 'verifyAudit',
    summary: 'Recompute the journal’s chain and every state from it, and hold it against the checkpoints',
    description: 'With `Accept: text/event-stream` its progress is told while it runs, the result last.',
    right: 'administer',
    answers: { 200: { description: 'What was found.', body: auditShape, events: auditNewsShape } },
    handle: verify,
  }),
  route({
    method: 'post',
    path: '/v1/audit/checkpoints',
    name: 'makeCheckpoint',
    summary: 'Sign how every journal ends now, beside the checkpoint of each night',
    right: 'administer',
    answers: { 201: { description: 'It is signed, and its copy lies outside PostgreSQL.', body: checkpointShape } },
    problems: ['refused'],
    handle: sign,
  }),
];

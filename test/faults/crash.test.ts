/** The whole of `serve` is killed in the middle of commands, and started again. */

import { expect, it } from 'vitest';
import { eventually } from '../workers/eventually.ts';
import { temporaryFolder } from '../workers/temporary-folder.ts';
import { underLoad } from './load.ts';
import { askServe, type ServeProcess, serveIn } from './serve-process.ts';

const CASES = 6;
const COMMANDS_A_CASE = 20;

it('SIGKILL of serve under load: after the next start every command that its caller insists on counts once', async () => {
  const folder = await temporaryFolder();
  let serve: ServeProcess = await serveIn(folder);
  const key = serve.adminKey();
  const cases: string[] = [];
  for (let n = 0; n < CASES; n += 1) {
    const body = { title: `Deal ${n}`, pipeline: 'deal', facts: { amount: '50万 CNY' } };
    const opened = await askServe(serve.url, key, '/v1/cases', { body, key: `open-${n}` });
    expect(opened.status).toBe(201);
    cases.push(opened.body.case);
  }
  const { figures, done } = underLoad(CASES, COMMANDS_A_CASE, async (lane, n) => {
    const sent = { body: { command: 'log_activity', activity: 'call' }, key: `k-${lane}-${n}` };
    const answer = await askServe(serve.url, key, `/v1/cases/${cases[lane]}/commands`, sent);
    if (answer.status === 200) return { taken: true };
    if (answer.status === 0 || answer.status === 503) return { taken: false };
    throw new Error(JSON.stringify(answer.body));
  });
  await eventually('a third is answered', () => figures.answered > (CASES * COMMANDS_A_CASE) / 3, 60_000);
  serve.child.kill('SIGKILL');
  serve = await serveIn(folder);
  await done;
  expect(figures.faults).toBeGreaterThan(0);

  for (const [lane, id] of cases.entries()) {
    const { body } = await askServe(serve.url, key, `/v1/cases/${id}/journal?limit=500`);
    const accepted = body.items.filter((entry: { outcome: string }) => entry.outcome === 'accepted').slice(1);
    const expected = Array.from({ length: COMMANDS_A_CASE }, (_, n) => `k-${lane}-${n}`);
    expect(accepted.map((entry: { command_id: string }) => entry.command_id)).toEqual(expected);
  }
  expect((await askServe(serve.url, key, '/v1/audit/verify')).body.ok).toBe(true);
}, 240_000);

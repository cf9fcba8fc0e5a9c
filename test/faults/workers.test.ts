/** Several workers in processes of their own: one is killed, one is stopped for a while and slow; every command counts once. */

import { expect, it, onTestFinished } from 'vitest';
import { verifyJournal } from '../../store/verify-journal.ts';
import { eventually } from '../workers/eventually.ts';
import { journalOf } from '../workers/journal.ts';
import { makePlace } from '../workers/place.ts';
import { workerProcess } from '../workers/worker-process.ts';
import { underLoad } from './load.ts';

const CASES = 10;
const COMMANDS_A_CASE = 25;
/** Longer than a step may take and than a workflow task may lie with a worker that does not answer. */
const STOPPED_MS = 7_000;

it('of three workers one is killed and one is stopped in the middle of its work, and goes on later as if nothing had been', async () => {
  const place = await makePlace();
  onTestFinished(place.close);
  const joining = await place.startWorker();
  await joining.stop();
  const [killed, slow] = await Promise.all([workerProcess(place), workerProcess(place), workerProcess(place)]);
  const cases = Array.from({ length: CASES }, (_, n) => `c-${n}`);
  for (const id of cases) await place.open(id);

  const { figures, done } = underLoad(CASES, COMMANDS_A_CASE, async (lane, n) => {
    const id = cases[lane] ?? '';
    const reply = await place.send('case', id, 'ann', { command: 'set_facts', facts: { count: n } }, `${id}-${n}`);
    if (reply.outcome === 'accepted') return { taken: true };
    if (reply.outcome === 'fault') return { taken: false, fault: reply.cause };
    throw new Error(JSON.stringify(reply));
  });
  const reached = (share: number): Promise<boolean> =>
    eventually(`${share} of the load`, () => figures.answered >= CASES * COMMANDS_A_CASE * share, 60_000);
  await reached(0.2);
  killed.kill('SIGKILL');
  await reached(0.4);
  slow.kill('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, STOPPED_MS));
  slow.kill('SIGCONT');
  await done;

  for (const id of cases) {
    const entries = await journalOf(place.store, 'case', id);
    const accepted = entries.filter((entry) => entry.outcome === 'accepted').map((entry) => entry.command_id);
    expect(accepted).toEqual([`open-${id}`, ...Array.from({ length: COMMANDS_A_CASE }, (_, n) => `${id}-${n}`)]);
  }
  const findings: unknown[] = [];
  await verifyJournal(place.store, { report: (finding) => findings.push(finding) });
  expect(findings).toEqual([]);
  // The one that was stopped takes part again: alone, it serves.
  expect(slow.exitCode).toBeNull();
}, 180_000);

/** Hostile documents sent to be checked: each is told, and meanwhile everybody else is served. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileInThread } from '../../api/compile-in-thread.ts';
import type { SourceFile } from '../../engine/language/compile-set.ts';
import { HOSTILE, nameOf } from '../hostile/documents.ts';
import { filesIn } from '../language/read-set.ts';
import { startApi, type TestApi } from './start-api.ts';

const HONEST = filesIn('test/golden/check/base');

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 60_000);

afterAll(() => api.stop());

const check = (files: readonly SourceFile[]) => api.ask('/v1/playbooks/check', { body: { files } });

test('each of them is 422 with its place in both languages', async () => {
  const waiting = [...HOSTILE.entries()].map(([i, one]) => ({ one, path: nameOf(one, i) }));
  const checkNext = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { one, path } = next;
      const { status, body } = await check([...HONEST, { path, text: one.bytes.toString('utf8') }]);
      expect([status, body.kind], one.what).toEqual([422, 'diagnostic']);
      const own = body.diagnostics.filter((found: { at: { file: string } }) => found.at.file === path);
      expect(own.map((found: { code: string }) => found.code)).toContain(one.code);
      expect(own[0]).toMatchObject({ at: { line: expect.any(Number) }, message: { zh: expect.any(String) } });
      expect(JSON.stringify(body)).not.toMatch(/node:internal|\.(ts|js):\d+/);
    }
  };
  await Promise.all([checkNext(), checkNext()]);
}, 120_000);

/** Within every limit, and as much of it as a body may hold: each file as many short lists as the budget allows. */
const HEAVIEST: readonly SourceFile[] = Array.from({ length: 60 }, (_, i) => ({
  path: `heavy-${i}.yaml`,
  text: `gate: heavy-${i}\nwhen:\n${'- [[],[],[]]\n'.repeat(1_500)}`,
}));

test('while the heaviest set is judged, cases are worked on', async () => {
  const id = await api.open();
  let judged = false;
  const judging = check(HEAVIEST).then((answer) => {
    judged = true;
    return answer;
  });
  let served = 0;
  while (!judged && served < 50) {
    expect((await api.ask('/healthz')).status).toBe(200);
    expect((await api.ask(`/v1/cases/${id}`)).status).toBe(200);
    expect((await api.command(id, { command: 'log_activity', activity: 'call' })).status).toBe(200);
    if (!judged) served++;
  }
  expect(served).toBeGreaterThanOrEqual(5);
  expect((await judging).status).toBe(422);
}, 120_000);

test('a thread that runs out of patience is ended, and the file it was in is told', async () => {
  const { set, diagnostics } = await compileInThread(HEAVIEST, { ms: 100, msPerKb: 0, heapMb: 256 });
  expect(set).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: 'too-heavy', at: { file: expect.stringMatching(/^heavy-\d+\.yaml$/) } }]);
});

test('a thread that runs out of memory is ended, and the file it was in is told', async () => {
  const { set, diagnostics } = await compileInThread(HEAVIEST, { ms: 50_000, msPerKb: 0, heapMb: 16 });
  expect(set).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: 'too-heavy', at: { file: expect.stringMatching(/^heavy-\d+\.yaml$/) } }]);
}, 60_000);

test('paths that lead out of the folder, or are none, are invalid', async () => {
  for (const path of ['../x.yaml', '/etc/passwd', 'a/../../x.yaml', 'a\0.yaml', 'x'.repeat(201), '']) {
    const { status, body } = await check([{ path, text: 'gate: x\n' }]);
    expect(status).toBe(400);
    expect(body.problems).toMatchObject([{ path: '/files/0/path' }]);
  }
});

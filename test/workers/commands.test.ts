import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMAND_SIGNAL, COMMAND_UPDATE, workflowIdOf } from '../../workers/contract.ts';
import { eventually } from './eventually.ts';
import { journalOf } from './journal.ts';
import { makePlace } from './place.ts';

const place = await makePlace();
beforeAll(async () => void (await place.startWorker()));
afterAll(place.close);

const setCount = (count: number) => ({ command: 'set_facts', facts: { count } });

/** Straight to Temporal, past the API's queue; a new update id each time, as always. */
function update(entity: string, command: unknown): Promise<unknown> {
  return place.client.workflow
    .getHandle(workflowIdOf('case', entity))
    .executeUpdate(COMMAND_UPDATE, { args: [command], updateId: randomUUID() });
}

it('the same command ten times at once counts once and gives ten equal replies, and again after continue-as-new', async () => {
  await place.open('c-1');
  const command = { id: 'once', actor: 'ann', body: setCount(1) };
  const replies = await Promise.all(Array.from({ length: 10 }, () => update('c-1', command)));
  expect(replies[0]).toMatchObject({ outcome: 'accepted', entry: 2 });
  for (const reply of replies) expect(reply).toEqual(replies[0]);

  const handle = place.client.workflow.getHandle(workflowIdOf('case', 'c-1'));
  const before = (await handle.describe()).runId;
  const lanes = Array.from({ length: 20 }, async () => {
    for (let n = 0; n < 26; n += 1)
      await handle.signal(COMMAND_SIGNAL, { id: randomUUID(), actor: 'system', body: { command: 'no-such-command' } });
  });
  await Promise.all(lanes);
  await eventually('a new run has begun', async () => (await handle.describe()).runId !== before);
  const later = await Promise.all(Array.from({ length: 10 }, () => update('c-1', command)));
  for (const reply of later) expect(reply).toEqual(replies[0]);
  expect((await journalOf(place.store, 'case', 'c-1')).map((entry) => entry.command_id)).toEqual(['open-c-1', 'once']);
});

it('the same id with another content is invalid and changes nothing', async () => {
  await place.open('c-2');
  expect(await place.send('case', 'c-2', 'ann', setCount(1), 'same')).toMatchObject({ outcome: 'accepted' });
  expect(await place.send('case', 'c-2', 'ann', setCount(2), 'same')).toMatchObject({ outcome: 'invalid' });
  expect(await journalOf(place.store, 'case', 'c-2')).toHaveLength(2);
});

it('commands of many callers for one entity are decided one after another and none is lost', async () => {
  await place.open('c-3');
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, n) => place.send('case', 'c-3', 'ann', setCount(n))),
  );
  const entries = replies.map((reply) => (reply.outcome === 'accepted' ? reply.entry : 0));
  expect(entries.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 2));
});

it('what is no command is turned away and leaves nothing behind; cancelling an entity means nothing', async () => {
  await place.open('c-4');
  const handle = place.client.workflow.getHandle(workflowIdOf('case', 'c-4'));
  for (const junk of [null, 'open', {}, { id: 1, actor: 'ann', body: {} }])
    await expect(update('c-4', junk)).rejects.toThrow();
  await handle.signal(COMMAND_SIGNAL, null);
  await handle.cancel();
  expect(await place.send('case', 'c-4', 'ann', setCount(4))).toMatchObject({ outcome: 'accepted', entry: 2 });
  expect((await handle.describe()).status.name).toBe('RUNNING');
});

it('a command to a case that does not exist is invalid and its run ends', async () => {
  expect(await place.send('case', 'nowhere', 'ann', setCount(1))).toMatchObject({ outcome: 'invalid' });
  const handle = place.client.workflow.getHandle(workflowIdOf('case', 'nowhere'));
  await eventually('the run has ended', async () => (await handle.describe()).status.name === 'COMPLETED');
});

it('a terminated entity takes its next command as if nothing had been', async () => {
  await place.open('c-5');
  await place.client.workflow.getHandle(workflowIdOf('case', 'c-5')).terminate();
  expect(await place.send('case', 'c-5', 'ann', setCount(5))).toMatchObject({ outcome: 'accepted', entry: 2 });
});

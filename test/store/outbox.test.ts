/** Messages wait in the outbox until they are delivered, in order for each person, and nobody is forgotten. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../store/open-store.ts';
import { markDelivered, markFailed, outboxPending, takeDue } from '../../store/outbox.ts';
import { pruneDelivered } from '../../store/prune-delivered.ts';
import { redeliverLost } from '../../store/redeliver-lost.ts';
import { entitiesToRun, sweepDue } from '../../store/sweep.ts';
import { open, send, smallStore, stepCase } from './small-store.ts';

const STALLED = '2026-10-30T01:00:00.000Z';
const NEXT_RUNG = '2026-11-02T01:00:00.000Z';

let store: Store;

beforeAll(async () => {
  store = await smallStore();
});
afterAll(() => store.close());

/** A case whose ladder has reminded ann and then told bob, and, after an activity that took both back, reminded ann again. */
async function stalled(id: string): Promise<void> {
  await open(store, id);
  await stepCase(store, id, STALLED);
  await stepCase(store, id, NEXT_RUNG);
  await stepCase(store, id, NEXT_RUNG, { id: 'k1', actor: 'ann', body: { command: 'log_activity', activity: 'call' } });
  await stepCase(store, id, '2026-11-12T01:00:00.000Z');
}

const LATE = '2026-11-12T01:00:00.000Z';

describe('the outbox of an entity', () => {
  it('holds what its events ask for, oldest first, with a key that stays the same', async () => {
    await stalled('o1');
    const due = await takeDue(store, 'case', 'o1', 'entities', LATE, 10);
    expect(due.map((item) => item.target)).toEqual([
      'person/ann',
      'person/bob',
      'person/ann',
      'person/bob',
      'person/ann',
    ]);
    expect(due[0]).toMatchObject({
      effect: { effect: 'message', to: 'ann', message: { kind: 'reminder', case: 'o1' } },
      recorded_at: STALLED,
    });
    expect(await takeDue(store, 'case', 'o1', 'entities', LATE, 10)).toEqual(due);
    expect(await takeDue(store, 'case', 'o1', 'outside', LATE, 10)).toEqual([]);
  });

  it('is empty when all is delivered, and the step says so', async () => {
    await stalled('o2');
    for (const item of await takeDue(store, 'case', 'o2', 'entities', LATE, 10))
      await markDelivered(store, item.id, LATE);
    expect(await takeDue(store, 'case', 'o2', 'entities', LATE, 10)).toEqual([]);
    expect(await outboxPending(store, 'case', 'o2')).toBeUndefined();
    expect(await stepCase(store, 'o2', LATE)).toMatchObject({ outbox: false });
  });

  it('keeps later messages to somebody behind one that failed, and those to others going', async () => {
    await stalled('o3');
    const [first] = await takeDue(store, 'case', 'o3', 'entities', LATE, 10);
    if (first === undefined) throw new Error('nothing due');
    const again = await markFailed(store, first, LATE, 'nobody\0home');
    expect(again).toBe('2026-11-12T01:00:01.000Z');
    expect((await takeDue(store, 'case', 'o3', 'entities', LATE, 10)).map((item) => item.target)).toEqual([
      'person/bob',
      'person/bob',
    ]);
    expect(
      (await takeDue(store, 'case', 'o3', 'entities', again, 10)).map((item) => [item.target, item.attempts]),
    ).toEqual([
      ['person/ann', 1],
      ['person/bob', 0],
      ['person/ann', 0],
      ['person/bob', 0],
      ['person/ann', 0],
    ]);
    expect(await outboxPending(store, 'case', 'o3')).toBe(NEXT_RUNG);
  });

  it('tries ever later, ten minutes at most', async () => {
    const delays = await Promise.all(
      [0, 1, 5, 40].map((attempts) => markFailed(store, { id: 0, attempts }, LATE, 'x')),
    );
    expect(delays).toEqual([
      '2026-11-12T01:00:01.000Z',
      '2026-11-12T01:00:02.000Z',
      '2026-11-12T01:00:32.000Z',
      '2026-11-12T01:10:00.000Z',
    ]);
  });

  it('mails what a person with an address receives', async () => {
    const message = { kind: 'notice', title: { zh: '通知', en: 'notice' }, text: { zh: '你好', en: 'hello' } };
    await send(store, 'person', 'ann', { id: 'm1', actor: 'system', body: { command: 'receive', message } });
    const [mail] = await takeDue(store, 'person', 'ann', 'outside', LATE, 10);
    expect(mail).toMatchObject({
      target: 'mail',
      effect: { effect: 'mail', to: 'ann@example.org', subject: 'notice', text: 'hello' },
    });
  });
});

describe('the sweep', () => {
  it('finds whose time has passed and whose outbox waits', async () => {
    await open(store, 's1');
    const due = async (at: string) => (await sweepDue(store, at, 100)).filter(({ id }) => id === 's1');
    expect(await due(STALLED)).toEqual([]);
    expect(await due('2026-10-30T01:00:00.001Z')).toEqual([{ kind: 'case', id: 's1' }]);
    await stepCase(store, 's1', STALLED);
    expect(await due('2026-10-30T01:00:00.001Z')).toEqual([{ kind: 'case', id: 's1' }]);
    for (const item of await takeDue(store, 'case', 's1', 'entities', STALLED, 10))
      await markDelivered(store, item.id, STALLED);
    expect(await due('2026-10-30T01:00:00.001Z')).toEqual([]);
  });

  it('gives a refill everything that waits, page by page, and nothing else', async () => {
    const all: string[] = [];
    for (
      let page = await entitiesToRun(store, undefined, 2);
      page.length > 0;
      page = await entitiesToRun(store, page.at(-1), 2)
    ) {
      expect(page.length).toBeLessThanOrEqual(2);
      all.push(...page.map(({ kind, id }) => `${kind}/${id}`));
      // Whoever has messages to send must not sleep until its next deadline.
      for (const { id, wake_at } of page) {
        const waits = await store.db
          .selectFrom('outbox')
          .select('id')
          .where('entity', '=', id)
          .where('delivered_at', 'is', null)
          .execute();
        if (waits.length > 0) expect({ id, wake_at }).toEqual({ id, wake_at: undefined });
        else expect(wake_at).toMatch(/^\d{4}-\d\d-\d\dT/);
      }
    }
    expect(all).toEqual(['case/o1', 'case/o2', 'case/o3', 'case/s1', 'person/ann']);
  });
});

describe('what was delivered', () => {
  const LONG_AFTER = '2026-12-31T01:00:00.000Z';
  const left = async (entity: string) =>
    (await store.db.selectFrom('outbox').select('key').where('entity', '=', entity).execute()).map((row) => row.key);

  it('is forgotten once it is old and has arrived; what may be lost on its way stays, and is sent again', async () => {
    await open(store, 'p1');
    await stepCase(store, 'p1', STALLED);
    const [reminder] = await takeDue(store, 'case', 'p1', 'entities', LATE, 10);
    if (reminder?.effect.effect !== 'message') throw new Error('no message');
    await markDelivered(store, reminder.id, STALLED);
    await pruneDelivered(store, LONG_AFTER, 1000);
    expect(await left('p1')).toEqual([reminder.key]);

    const from = '1970-01-01T00:00:00.000Z';
    const lost = { from, to: LONG_AFTER, isTemporalNew: false };
    expect(await redeliverLost(store, lost)).toBeGreaterThanOrEqual(1);
    expect((await takeDue(store, 'case', 'p1', 'entities', LATE, 10)).map((item) => item.key)).toEqual([reminder.key]);
    const body = { command: 'receive', message: reminder.effect.message };
    await send(store, 'person', 'ann', { id: reminder.key, actor: 'system', body });
    await markDelivered(store, reminder.id, STALLED);
    expect(await pruneDelivered(store, STALLED, 1000)).toBe(0);
    await pruneDelivered(store, LONG_AFTER, 1000);
    expect(await left('p1')).toEqual([]);
  });

  it('to the outside, or to nobody, is forgotten once it is old; what waits never is', async () => {
    await open(store, 'p2');
    await stepCase(store, 'p2', STALLED);
    const [item] = await takeDue(store, 'case', 'p2', 'entities', LATE, 10);
    await store.db.updateTable('outbox').set({ target: 'person/nobody' }).where('entity', '=', 'p2').execute();
    await pruneDelivered(store, LONG_AFTER, 1000);
    expect(await left('p2')).toEqual([item?.key]);
    await markDelivered(store, item?.id ?? 0, STALLED);
    await pruneDelivered(store, LONG_AFTER, 1000);
    expect(await left('p2')).toEqual([]);
    const [mail] = await takeDue(store, 'person', 'ann', 'outside', LATE, 10);
    await markDelivered(store, mail?.id ?? 0, STALLED);
    await pruneDelivered(store, LONG_AFTER, 1000);
    expect(await left('ann')).not.toContain(mail?.key);
  });

  it('but lost with a whole Temporal is sent again however often that was tried', async () => {
    await open(store, 'p3');
    await stepCase(store, 'p3', STALLED);
    await store.db
      .updateTable('outbox')
      .set({ attempts: 9, delivered_at: STALLED })
      .where('entity', '=', 'p3')
      .execute();
    const window = { from: '1970-01-01T00:00:00.000Z', to: LONG_AFTER };
    const again = async () => (await takeDue(store, 'case', 'p3', 'entities', LATE, 10)).length;
    await redeliverLost(store, { ...window, isTemporalNew: false });
    expect(await again()).toBe(0);
    await redeliverLost(store, { ...window, isTemporalNew: true });
    expect(await again()).toBe(1);
  });
});

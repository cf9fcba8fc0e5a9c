import { Webhook } from 'standardwebhooks';
import { afterAll, expect, it } from 'vitest';
import { step } from '../../store/step.ts';
import { destinationsFromEnv } from '../../workers/destinations.ts';
import { eventually } from './eventually.ts';
import { eventsOf } from './journal.ts';
import { mailSink } from './mail-sink.ts';
import { makePlace } from './place.ts';
import { skipTime } from './skip-time.ts';
import { webhookReceiver } from './webhook-receiver.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const place = await makePlace();
afterAll(place.close);

it('a stall climbs its ladder over weeks: each rung once, in time, to inbox, mail and webhook', async () => {
  const secret = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;
  const mail = await mailSink();
  const hook = await webhookReceiver((call) => (call === 1 ? 503 : 204));
  const crm = { url: hook.url, secret, allow_private: true };
  const worker = await place.startWorker(
    destinationsFromEnv({
      SMTP_URL: mail.url,
      MAIL_FROM: 'rail@example.org',
      PLAYRAIL_WEBHOOKS: JSON.stringify({ crm }),
    }),
  );
  await place.open('c-1', '东方公司');

  await skipTime(place.client, ['case/c-1'], 9 * DAY_MS);
  expect((await eventsOf(place.store, 'case', 'c-1')).map((event) => event.event)).toEqual(['case_opened']);
  await skipTime(place.client, ['case/c-1'], 23 * DAY_MS);
  const events = await eventsOf(place.store, 'case', 'c-1');
  expect(events.map((event) => event.event)).toEqual([
    'case_opened',
    'stall_started',
    'rung_fired',
    'rung_fired',
    'rung_fired',
  ]);
  const opened = Date.parse(events[0]?.at ?? '');
  const rungs = events.flatMap((event) => (event.event === 'rung_fired' ? [event] : []));
  expect(rungs.map((rung) => (Date.parse(rung.due_at) - opened) / DAY_MS)).toEqual([10, 17, 31]);
  expect(rungs.map((rung) => rung.demanded)).toEqual([false, false, true]);
  for (const rung of rungs) expect(Date.parse(rung.at) - Date.parse(rung.due_at)).toBeLessThan(2 * MINUTE_MS);

  await eventually('three mails have come', () => mail.mails.length === 3);
  expect(mail.mails.map((one) => one.to)).toEqual([['ann@example.org'], ['bob@example.org'], ['bob@example.org']]);
  const inbox = await place.store.db
    .selectFrom('inbox_items')
    .select(['person', 'kind', 'case_id'])
    .orderBy('received_at')
    .execute();
  expect(inbox).toEqual([
    { person: 'ann', kind: 'reminder', case_id: 'c-1' },
    { person: 'bob', kind: 'notice', case_id: 'c-1' },
    { person: 'bob', kind: 'demand', case_id: 'c-1' },
  ]);
  await eventually('the webhook was tried again', () => hook.received.length === 2);
  const [first, again] = hook.received;
  expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  const headers = Object.fromEntries(
    Object.entries(again?.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  expect(new Webhook(secret).verify(again?.body ?? '', headers)).toMatchObject({
    type: 'rung_fired',
    data: { case: 'c-1', rung: 1 },
  });
  await eventually('nothing waits any more', async () => {
    const waiting = await place.store.db.selectFrom('outbox').select('id').where('delivered_at', 'is', null).execute();
    return waiting.length === 0;
  });
  await worker.stop();
});

it('an activity in time moves the deadline, and the standing timer that rings early decides nothing', async () => {
  const worker = await place.startWorker();
  await place.open('c-2');
  await skipTime(place.client, ['case/c-2'], 8 * DAY_MS);
  // The sender's clock is not skipped; the workflow's counts.
  expect(await place.send('case', 'c-2', 'ann', { command: 'log_activity', activity: 'call' })).toMatchObject({
    outcome: 'accepted',
  });
  await skipTime(place.client, ['case/c-2'], 8 * DAY_MS);
  const names = (await eventsOf(place.store, 'case', 'c-2')).map((event) => event.event);
  expect(names).toEqual(['case_opened', 'activity_logged']);
  await skipTime(place.client, ['case/c-2'], 3 * DAY_MS);
  expect((await eventsOf(place.store, 'case', 'c-2')).map((event) => event.event)).toEqual([
    ...names,
    'stall_started',
    'rung_fired',
  ]);
  await worker.stop();
});

it('an entity whose workflow is gone is found by the sweep when its time has passed', async () => {
  const worker = await place.startWorker();
  const body = { command: 'open', title: 'Long ago', pipeline: 'deal' };
  const now = new Date(Date.now() - 11 * DAY_MS).toISOString();
  await step(place.store, { kind: 'case', id: 'c-3', now, commands: [{ id: 'open-c-3', actor: 'ann', body }] });
  await worker.sweep();
  await eventually('the stall has started', async () => {
    const events = await eventsOf(place.store, 'case', 'c-3');
    return events.some((event) => event.event === 'rung_fired');
  });
  await worker.stop();
});

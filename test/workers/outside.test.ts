import { Webhook } from 'standardwebhooks';
import { expect, it, onTestFinished } from 'vitest';
import type { Effect } from '../../engine/case/effect.ts';
import type { OutboxItem } from '../../store/outbox.ts';
import { destinationsFromEnv } from '../../workers/destinations.ts';
import { createOutside, type Outside } from '../../workers/outside.ts';
import { mailSink } from './mail-sink.ts';
import { webhookReceiver } from './webhook-receiver.ts';

const secret = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;

function outside(env: Record<string, string>): Outside {
  const made = createOutside(destinationsFromEnv(env));
  onTestFinished(made.close);
  return made;
}

function item(target: string, effect: Effect): OutboxItem {
  return { id: 1, key: 'abc123:0', target, effect, recorded_at: '2026-10-20T01:00:00.000Z', attempts: 0 };
}

const stalled = item('webhook/crm', {
  effect: 'webhook',
  destination: 'crm',
  type: 'case.stalled',
  data: { case: 'c-1' },
});

it('a webhook carries the key as its id and a signature that the receiver can verify', async () => {
  const { url, received } = await webhookReceiver();
  const sender = outside({ PLAYRAIL_WEBHOOKS: JSON.stringify({ crm: { url, secret, allow_private: true } }) });
  expect(await sender.send(stalled)).toEqual({ sent: true });
  const [call] = received;
  const headers = Object.fromEntries(Object.entries(call?.headers ?? {}).map(([name, value]) => [name, String(value)]));
  expect(headers['webhook-id']).toBe('abc123:0');
  expect(new Webhook(secret).verify(call?.body ?? '', headers)).toEqual({
    type: 'case.stalled',
    timestamp: '2026-10-20T01:00:00.000Z',
    data: { case: 'c-1' },
  });
  expect(() => new Webhook(secret).verify(`${call?.body} `, headers)).toThrow();
});

it('a private address is called only where the installation says so, by number or by name', async () => {
  const { url, received } = await webhookReceiver();
  for (const address of [url, url.replace('127.0.0.1', 'localhost'), url.replace('127.0.0.1', '[::ffff:127.0.0.1]')]) {
    const sender = outside({ PLAYRAIL_WEBHOOKS: JSON.stringify({ crm: { url: address, secret } }) });
    await expect(sender.send(stalled)).rejects.toThrow('private address');
  }
  expect(received).toEqual([]);
});

it('after a failure a destination is left alone for a while, and the others are not', async () => {
  const dead = await webhookReceiver(() => 500);
  const alive = await webhookReceiver();
  const webhooks = {
    crm: { url: dead.url, secret, allow_private: true },
    erp: { url: alive.url, secret, allow_private: true },
  };
  const sender = outside({ PLAYRAIL_WEBHOOKS: JSON.stringify(webhooks) });
  await expect(sender.send(stalled)).rejects.toThrow('HTTP status 500');
  const second = await sender.send(stalled);
  expect(second).toHaveProperty('wait_ms');
  expect(dead.received).toHaveLength(1);
  expect(
    await sender.send(item('webhook/erp', { effect: 'webhook', destination: 'erp', type: 't', data: {} })),
  ).toEqual({ sent: true });
});

it('a mail arrives with its sender, subject and text, and names its key', async () => {
  const { url, mails } = await mailSink();
  const sender = outside({ SMTP_URL: url, MAIL_FROM: 'Playrail <rail@example.org>' });
  expect(
    await sender.send(
      item('mail', { effect: 'mail', to: 'ann@example.org', subject: '停滞: 东方公司', text: 'gone quiet' }),
    ),
  ).toEqual({ sent: true });
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({ from: 'rail@example.org', to: ['ann@example.org'] });
  expect(mails[0]?.raw).toContain('Message-ID: <abc123.0@example.org>');
  expect(mails[0]?.raw).toContain('gone quiet');
});

it('what can never be sent is settled with a note: no destination, nobody of that name', async () => {
  const unset = outside({});
  expect(await unset.send(stalled)).toEqual({ sent: true, note: 'not sent: no webhook `crm` is configured' });
  const mail = item('mail', { effect: 'mail', to: 'x@nobody.example', subject: 's', text: 't' });
  expect(await unset.send(mail)).toEqual({ sent: true, note: 'not sent: no mail server is configured' });
  const { url } = await mailSink();
  const sent = await outside({ SMTP_URL: url, MAIL_FROM: 'rail@example.org' }).send(mail);
  expect(sent).toMatchObject({ sent: true, note: expect.stringContaining('550 nobody of that name') });
});

it('settings that cannot be used are refused by name and never shown', () => {
  const refused = (env: Record<string, string>) => () => destinationsFromEnv(env);
  expect(refused({ PLAYRAIL_WEBHOOKS: '{' })).toThrow('PLAYRAIL_WEBHOOKS cannot be used: it is no JSON');
  const bad = { crm: { url: 'ftp://x', secret: 'hunter2' } };
  expect(refused({ PLAYRAIL_WEBHOOKS: JSON.stringify(bad) })).toThrow('`crm.url`, `crm.secret`');
  expect(refused({ PLAYRAIL_WEBHOOKS: JSON.stringify(bad) })).not.toThrow('hunter2');
  expect(refused({ SMTP_URL: 'http://x' })).toThrow('SMTP_URL cannot be used');
  expect(refused({ SMTP_URL: 'smtp://x' })).toThrow('MAIL_FROM cannot be used');
});

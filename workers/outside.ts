/** Sends what leaves the installation, webhooks and mails, each destination within its own limits. */

import type { OutboxItem } from '../store/outbox.ts';
import type { Sent } from './deliver.ts';
import { createDestinationGate } from './destination-gate.ts';
import type { Destinations } from './destinations.ts';
import { createMailer, type Mailer } from './mailer.ts';
import { sendWebhook } from './webhook-sender.ts';

export interface Outside {
  /** @throws Error when it may work later. */
  send(item: OutboxItem): Promise<Sent>;
  close(): void;
}

export function createOutside(destinations: Destinations): Outside {
  const gate = createDestinationGate();
  const mailer = destinations.smtp === undefined ? undefined : createMailer(destinations.smtp);
  return {
    send: async (item) => {
      const closed = gate.enter(item.target, Date.now());
      if (closed !== undefined) return { wait_ms: closed };
      let succeeded = false;
      try {
        const sent = await sendOne(destinations, mailer, item);
        succeeded = true;
        return sent;
      } finally {
        gate.leave(item.target, Date.now(), succeeded);
      }
    },
    close: () => mailer?.close(),
  };
}

/** What nobody has configured is recorded as settled, with a note: it must not wait for ever. */
async function sendOne(
  destinations: Destinations,
  mailer: Mailer | undefined,
  { key, effect, recorded_at }: OutboxItem,
): Promise<Sent> {
  switch (effect.effect) {
    case 'webhook': {
      const destination = destinations.webhooks[effect.destination];
      if (destination === undefined)
        return { sent: true, note: `not sent: no webhook \`${effect.destination}\` is configured` };
      await sendWebhook(destination, { id: key, type: effect.type, data: effect.data, timestamp: recorded_at });
      return { sent: true };
    }
    case 'mail': {
      if (mailer === undefined) return { sent: true, note: 'not sent: no mail server is configured' };
      const { unacceptable } = await mailer.send({
        id: key,
        to: effect.to,
        subject: effect.subject,
        text: effect.text,
      });
      return unacceptable === undefined ? { sent: true } : { sent: true, note: `not taken: ${unacceptable}` };
    }
    case 'message':
    case 'settle':
    case 'tell_case':
    case 'tell_person':
    case 'diagnose':
      return { sent: true, note: `the effect \`${effect.effect}\` goes to an entity` };
    default:
      return effect satisfies never;
  }
}

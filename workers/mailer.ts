/** Sends one mail by SMTP. */

import { createTransport } from 'nodemailer';
import type { MailDestination } from './destinations.ts';

export interface Mail {
  /** The same at every attempt; becomes the Message-ID, by which mail programs drop repeats. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** `unacceptable`: the server will never take this one (a 5xx answer to it), say why. @throws Error when it may work later. */
  send(mail: Mail): Promise<{ readonly unacceptable?: string }>;
  close(): void;
}

const DEADLINE_MS = 10_000;

export function createMailer(destination: MailDestination): Mailer {
  const transport = createTransport(
    {
      url: destination.url,
      pool: true,
      maxConnections: 2,
      connectionTimeout: DEADLINE_MS,
      greetingTimeout: DEADLINE_MS,
      socketTimeout: DEADLINE_MS,
    },
    { from: destination.from },
  );
  const domain = destination.from.replace(/^.*@/, '').replace(/[^A-Za-z0-9.-].*$/, '');
  return {
    send: async ({ id, to, subject, text }) => {
      try {
        await transport.sendMail({
          to,
          subject,
          text,
          messageId: `<${id.replaceAll(/[^A-Za-z0-9.-]/g, '.')}@${domain}>`,
        });
        return {};
      } catch (error) {
        const why = refusalOf(error);
        if (why === undefined) throw error;
        return { unacceptable: why };
      }
    },
    close: () => transport.close(),
  };
}

/** A permanent answer about the envelope or the message; a permanent answer about ourselves (login) is for operators to mend. */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('responseCode' in error)) return undefined;
  const { code, responseCode } = error;
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return undefined;
  return typeof responseCode === 'number' && responseCode >= 500 ? error.message : undefined;
}

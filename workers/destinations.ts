/** Where messages to the outside go: the installation's webhooks and mail server, read once from the environment. */

import { z } from 'zod';
import { SetupError } from './embedded/setup-error.ts';

export interface WebhookDestination {
  readonly url: string;
  /** Standard Webhooks: base64 with or without the prefix `whsec_`. */
  readonly secret: string;
  /** Calls into private networks are refused unless the installation says that this one is meant. */
  readonly allow_private: boolean;
}

export interface MailDestination {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly url: string;
  readonly from: string;
}

export interface Destinations {
  readonly webhooks: Readonly<Record<string, WebhookDestination>>;
  /** Absent: mails are recorded and not sent. */
  readonly smtp?: MailDestination;
}

const webhooksSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*$/),
  z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    secret: z.string().regex(/^(whsec_)?[A-Za-z0-9+/]{24,}={0,2}$/),
    allow_private: z.boolean().default(false),
  }),
);

/**
 * `PLAYRAIL_WEBHOOKS`: JSON `{"<name>": {"url": …, "secret": …, "allow_private"?: true}}`; `SMTP_URL` and `MAIL_FROM`.
 *
 * @throws SetupError naming the variable and what is wrong with it, never its value: it holds secrets.
 */
export function destinationsFromEnv(env: NodeJS.ProcessEnv): Destinations {
  const webhooks = parseWebhooks(env['PLAYRAIL_WEBHOOKS'] ?? '{}');
  const url = env['SMTP_URL'];
  if (url === undefined || url === '') return { webhooks };
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol))
    throw wrong('SMTP_URL', 'it is no `smtp://` or `smtps://` address');
  const from = env['MAIL_FROM'];
  if (from === undefined || !from.includes('@'))
    throw wrong('MAIL_FROM', 'it must be the address mails come from when SMTP_URL is set');
  return { webhooks, smtp: { url, from } };
}

function parseWebhooks(text: string): Destinations['webhooks'] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrong('PLAYRAIL_WEBHOOKS', 'it is no JSON');
  }
  const parsed = webhooksSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => `\`${issue.path.join('.')}\``);
  throw wrong('PLAYRAIL_WEBHOOKS', `wrong or missing: ${places.join(', ')}`);
}

function wrong(variable: string, why: string): SetupError {
  return new SetupError(
    { en: `the setting ${variable} cannot be used: ${why}`, zh: `设置 ${variable} 无法使用：${why}` },
    { en: `correct ${variable} or remove it`, zh: `请更正或移除 ${variable}` },
  );
}

/** What the world must do now: plain JSON for the outbox. */

import type { Message } from '../person/message.ts';

export type Effect =
  /** Into a person's inbox, exactly once, by way of their own entity. */
  | { readonly effect: 'message'; readonly to: string; readonly message: Message }
  /** A signed webhook, at least once. */
  | { readonly effect: 'webhook'; readonly destination: string; readonly type: string; readonly data: unknown }
  /** A mail, at least once; sent by the person's own entity. */
  | { readonly effect: 'mail'; readonly to: string; readonly subject: string; readonly text: string };

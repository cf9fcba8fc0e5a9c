/** A person's inbox as the API shows it. */

import type { Message } from '../../engine/person/message.ts';
import type { Instant } from '../../engine/time/instant.ts';

export interface InboxItem {
  /** Counts from 1 for each person. */
  readonly item: number;
  readonly received_at: Instant;
  readonly read_at?: Instant;
  readonly message: Message;
}

/** What happened to a person. An event carries all that is needed to apply it. */

import type { Instant } from '../time/instant.ts';
import type { Message } from './message.ts';

/** Who somebody is, where they stand, how they are reached. */
export interface Profile {
  readonly name: string;
  readonly role: string;
  readonly manager?: string;
  readonly region?: string;
  readonly email?: string;
  readonly lang: 'zh' | 'en';
  readonly active: boolean;
}

interface Stamp {
  /** Version of this event's shape. */
  readonly v: 1;
  readonly at: Instant;
  /** A person or `system`. */
  readonly by: string;
}

export type PersonEvent = Stamp &
  (
    | { readonly event: 'person_joined'; readonly person: string; readonly profile: Profile }
    /** The whole new profile, so that what is absent now is gone. */
    | { readonly event: 'person_changed'; readonly profile: Profile }
    | { readonly event: 'message_received'; readonly item: number; readonly message: Message }
    | { readonly event: 'items_read'; readonly items: readonly number[] }
  );

/** An API key as the API shows it: never the key itself, but once, to who creates it. */

import type { Instant } from '../../engine/time/instant.ts';

export interface KeyView {
  /** The first digits of the key's hash. */
  readonly id: string;
  readonly person: string;
  readonly label: string;
  readonly created_at: Instant;
  readonly revoked_at?: Instant;
}

export interface NewKey extends KeyView {
  readonly key: string;
}

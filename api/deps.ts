/** What the API works with: made once at start, handed to every route. */

import type { Logger } from 'pino';
import type { AuditPlace } from '../store/audit/copies.ts';
import type { Store } from '../store/open-store.ts';
import type { EntityClient } from './entity-client.ts';

export interface ApiDeps {
  readonly store: Store;
  readonly entities: EntityClient;
  readonly log: Logger;
  /** Where the database lies beside us: whether its disk is full. */
  readonly isDiskFull?: () => boolean;
  /** Where checkpoints are signed and copied to; absent: none can be asked for here, and the chain alone is verified. */
  readonly audit?: AuditPlace;
  /** Aborted when the server is about to stop: answers without an end end now. */
  readonly closing?: AbortSignal;
  readonly limits?: Partial<ApiLimits>;
}

export interface ApiLimits {
  /** Of one person, whatever the key. */
  readonly requestsPerMinute: number;
  /** Of one address, with keys that are missing or wrong. */
  readonly badKeysPerMinute: number;
}

export const DEFAULT_LIMITS: ApiLimits = { requestsPerMinute: 3_000, badKeysPerMinute: 60 };

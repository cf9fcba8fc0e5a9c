/** What the API works with: made once at start, handed to every route. */

import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { AuditPlace } from '../store/audit/copies.ts';
import type { FileStore } from '../store/files/file-store.ts';
import type { FileLimits } from '../store/files/receive-file.ts';
import type { Store } from '../store/open-store.ts';
import type { ApiMetrics } from './api-metrics.ts';
import type { EntityClient } from './entity-client.ts';
import type { ApiLimits } from './limits.ts';

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
  /** Where files are kept, and which are taken; absent: this process has no place for them. */
  readonly files?: { readonly store: FileStore; readonly limits: FileLimits };
  readonly limits?: Partial<ApiLimits>;
  readonly metrics?: {
    readonly registry: Registry;
    readonly api: ApiMetrics;
    /** Who may read them besides this machine. */
    readonly token?: string;
  };
  /** How many proxies stand before us and say in X-Forwarded-For who asks; none where absent. */
  readonly proxies?: number;
}

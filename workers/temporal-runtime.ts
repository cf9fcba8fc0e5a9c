/** The process's one Temporal runtime: quiet, logging where we log, and leaving signals to us. */

import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Log } from './log.ts';

let installed = false;

/** To be called before the first worker or connection; later calls change nothing. */
export function installRuntime(log: Log): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      const detail = meta?.['error'] instanceof Error ? { error: meta['error'].message } : {};
      if (level === 'ERROR') log.error(detail, message);
      else log.warn(detail, message);
    }),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
    // Who starts a worker also stops it, in the right order.
    shutdownSignals: [],
  });
}

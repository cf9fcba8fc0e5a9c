/** `playrail worker`: takes commands and fires clocks, as one of as many as are wanted. */

import { createProbeApp } from '../../api/create-probe-app.ts';
import { createEntityClient } from '../../api/entity-client.ts';
import { auditPlace } from '../../store/audit/copies.ts';
import { destinationsFromEnv } from '../../workers/destinations.ts';
import type { Say } from '../../workers/embedded/setup-error.ts';
import { startWorker } from '../../workers/worker.ts';
import type { Stops } from '../serve/stops.ts';
import { settingText } from '../settings.ts';
import { openProcess, type ProcessFlags } from './open-process.ts';
import type { Running } from './until-stopped.ts';

/** At its port: health and metrics. @throws SetupError when something is missing or away. */
export async function runWorker(flags: ProcessFlags, say: Say, stops: Stops): Promise<Running> {
  const { env } = process;
  const destinations = destinationsFromEnv(env);
  const { place, log, metrics, port, store, client } = await openProcess(flags, say, stops);
  const { address: temporalAddress, namespace, taskQueue } = place;
  const where = { temporalAddress, namespace, taskQueue };
  // Checkpoints are signed where the settings say with which key, and where their copies go.
  const signs =
    settingText(env, 'PLAYRAIL_AUDIT_KEY') !== undefined && settingText(env, 'PLAYRAIL_CHECKPOINTS') !== undefined;
  const audit = signs ? { audit: auditPlace('.', env) } : {};
  const worker = await startWorker({ store, ...where, destinations, log, metrics: metrics.worker, ...audit });
  stops.add(worker.stop);
  const entities = createEntityClient({ client, taskQueue });
  port.handle(createProbeApp({ store, entities, log, metrics }));
  return { url: port.url, failed: worker.failed };
}

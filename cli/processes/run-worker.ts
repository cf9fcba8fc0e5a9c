/** `playrail worker`: takes commands and fires clocks, as one of as many as are wanted. */

import { createProbeApp } from '../../api/create-probe-app.ts';
import { createEntityClient } from '../../api/entity-client.ts';
import { openClient } from '../../api/open-client.ts';
import { auditPlace } from '../../store/audit/copies.ts';
import { destinationsFromEnv } from '../../workers/destinations.ts';
import type { Say } from '../../workers/embedded/setup-error.ts';
import { startWorker } from '../../workers/worker.ts';
import { openPort } from '../serve/open-port.ts';
import type { Stops } from '../serve/stops.ts';
import { neededSetting, settingText } from '../settings.ts';
import { createMetrics, openDatabase, openNamespace, temporalPlace } from './common.ts';
import { stdoutLog } from './stdout-log.ts';
import type { Running } from './until-stopped.ts';

export interface WorkerFlags {
  readonly host: string;
  /** Of health and metrics. */
  readonly port: number;
}

/** @throws SetupError when something is missing or away. */
export async function runWorker({ host, port: wanted }: WorkerFlags, say: Say, stops: Stops): Promise<Running> {
  const { env } = process;
  const databaseUrl = neededSetting(env, 'DATABASE_URL');
  const place = temporalPlace(env);
  const destinations = destinationsFromEnv(env);
  const log = stdoutLog(env);
  const metrics = createMetrics(env);
  const port = await openPort(host, wanted);
  stops.add(port.close);
  const store = await openDatabase({ databaseUrl, env, metrics, say }, stops);
  await openNamespace(place, say);
  const client = openClient(place.address, place.namespace);
  stops.add(() => client.connection.close());
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

/** What `worker` and `api` open before anything of their own: a port, the log, the database, the namespace, a client of Temporal. */

import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { openClient } from '../../api/open-client.ts';
import type { Store } from '../../store/open-store.ts';
import type { Say } from '../../workers/embedded/setup-error.ts';
import { type OpenPort, openPort } from '../serve/open-port.ts';
import type { Stops } from '../serve/stops.ts';
import { neededSetting } from '../settings.ts';
import {
  createMetrics,
  type Metrics,
  openDatabase,
  openNamespace,
  type TemporalPlace,
  temporalPlace,
} from './openings.ts';
import { stdoutLog } from './stdout-log.ts';

export interface ProcessFlags {
  readonly host: string;
  readonly port: number;
}

export interface OpenProcess {
  readonly place: TemporalPlace;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly port: OpenPort;
  readonly store: Store;
  readonly client: Client;
}

/** What was opened is in `stops`, whether or not all of it could be. @throws SetupError when something is missing or away. */
export async function openProcess({ host, port: wanted }: ProcessFlags, say: Say, stops: Stops): Promise<OpenProcess> {
  const { env } = process;
  const databaseUrl = neededSetting(env, 'DATABASE_URL');
  const place = temporalPlace(env);
  const log = stdoutLog(env);
  const metrics = createMetrics(env);
  const port = await openPort(host, wanted);
  stops.add(port.close);
  const store = await openDatabase({ databaseUrl, env, metrics, say }, stops);
  await openNamespace(place, say);
  const client = openClient(place.address, place.namespace);
  stops.add(() => client.connection.close());
  return { place, log, metrics, port, store, client };
}

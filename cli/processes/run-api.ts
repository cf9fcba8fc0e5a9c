/** `playrail api`: the HTTP API, as one of as many as are wanted. */

import { createApp } from '../../api/create-app.ts';
import { createEntityClient } from '../../api/entity-client.ts';
import { openClient } from '../../api/open-client.ts';
import { clearIncoming } from '../../store/files/receive-file.ts';
import type { Say } from '../../workers/embedded/setup-error.ts';
import { openFiles } from '../files-place.ts';
import { openPort } from '../serve/open-port.ts';
import type { Stops } from '../serve/stops.ts';
import { neededSetting } from '../settings.ts';
import { apiSettings, createMetrics, openDatabase, openNamespace, temporalPlace } from './common.ts';
import { stdoutLog } from './stdout-log.ts';
import type { Running } from './until-stopped.ts';

export interface ApiFlags {
  readonly host: string;
  readonly port: number;
}

/** @throws SetupError when something is missing or away. */
export async function runApi({ host, port: wanted }: ApiFlags, say: Say, stops: Stops): Promise<Running> {
  const { env } = process;
  const databaseUrl = neededSetting(env, 'DATABASE_URL');
  const place = temporalPlace(env);
  const settings = apiSettings(env);
  const files = openFiles(env);
  const log = stdoutLog(env);
  const metrics = createMetrics(env);
  const port = await openPort(host, wanted);
  stops.add(port.close);
  const store = await openDatabase({ databaseUrl, env, metrics, say }, stops);
  await openNamespace(place, say);
  const client = openClient(place.address, place.namespace);
  stops.add(() => client.connection.close());
  const entities = createEntityClient({ client, taskQueue: place.taskQueue });
  if (files !== undefined) await clearIncoming(files.store, new Date());
  port.handle(createApp({ store, entities, log, metrics, ...(files && { files }), ...settings }));
  // First of all to stop: what is under way needs the rest for its answer.
  stops.add(port.close);
  return { url: port.url, failed: new Promise(() => undefined) };
}

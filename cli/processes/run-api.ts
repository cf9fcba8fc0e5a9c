/** `playrail api`: the HTTP API, as one of as many as are wanted. */

import { createApp } from '../../api/create-app.ts';
import { createEntityClient } from '../../api/entity-client.ts';
import { clearIncoming } from '../../store/files/receive-file.ts';
import type { Say } from '../../workers/embedded/setup-error.ts';
import { openFiles } from '../files-place.ts';
import type { Stops } from '../serve/stops.ts';
import { openProcess, type ProcessFlags } from './open-process.ts';
import { apiSettings } from './openings.ts';
import type { Running } from './until-stopped.ts';

/** @throws SetupError when something is missing or away. */
export async function runApi(flags: ProcessFlags, say: Say, stops: Stops): Promise<Running> {
  const settings = apiSettings(process.env);
  const files = openFiles(process.env);
  const { place, log, metrics, port, store, client } = await openProcess(flags, say, stops);
  const entities = createEntityClient({ client, taskQueue: place.taskQueue });
  if (files !== undefined) await clearIncoming(files.store, new Date());
  port.handle(createApp({ store, entities, log, metrics, ...(files && { files }), ...settings }));
  // First of all to stop: what is under way needs the rest for its answer.
  stops.add(port.close);
  return { url: port.url, failed: new Promise(() => undefined) };
}

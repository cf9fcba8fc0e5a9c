/** `playrail setup`: what an installation of several processes needs once, and again with each new set of playbooks. */

import { createEntityClient } from '../../api/entity-client.ts';
import { openClient } from '../../api/open-client.ts';
import { renderDiagnostics } from '../../engine/language/diagnostics/render.ts';
import type { Lang } from '../../engine/playbook/text.ts';
import { messageOf, type Say } from '../../workers/embedded/setup-error.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { readPlaybooks } from '../read-playbooks.ts';
import { ensureAdministrator } from '../serve/first-start.ts';
import { checkFolder, publishPlaybooks } from '../serve/publish-playbooks.ts';
import { createStops } from '../serve/stops.ts';
import { neededSetting } from '../settings.ts';
import { createMetrics, openDatabase, openNamespace, temporalPlace } from './openings.ts';

/** A worker that has just been started may take a little until it answers. */
const PATIENCE_MS = 60_000;

/**
 * Schema, namespace, playbooks, administrator: each only where it is missing or has changed.
 * @returns the administrator's key, when this is the first time
 * @throws CliExit when the playbooks have errors; SetupError when something is away
 */
export async function setUp(playbooks: string, say: Say, lang: Lang): Promise<string | undefined> {
  const { env } = process;
  const { set, files, diagnostics } = await checkFolder(readPlaybooks(playbooks));
  if (set === undefined) {
    process.stderr.write(`${renderDiagnostics(diagnostics, files, lang)}\n`);
    throw new CliExit(EXIT.no, { zh: '剧本有错误，没有发布', en: 'the playbooks have errors: nothing was published' });
  }
  const databaseUrl = neededSetting(env, 'DATABASE_URL');
  const place = temporalPlace(env);
  const stops = createStops((error) => process.stderr.write(`${messageOf(error)}\n`));
  try {
    const store = await openDatabase({ databaseUrl, env, metrics: createMetrics(env), say }, stops);
    await openNamespace(place, say);
    await publishPlaybooks(store, set, files, say);
    const client = openClient(place.address, place.namespace);
    stops.add(() => client.connection.close());
    const entities = createEntityClient({ client, taskQueue: place.taskQueue, deadlineMs: PATIENCE_MS });
    return await ensureAdministrator(store, entities);
  } finally {
    await stops.run();
  }
}

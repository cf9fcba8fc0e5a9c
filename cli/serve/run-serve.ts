/** Brings everything up in one process, in order, and takes it down in the opposite order. */

import type { Client } from '@temporalio/client';
import { createApp } from '../../api/create-app.ts';
import { createEntityClient, type EntityClient } from '../../api/entity-client.ts';
import { openClient } from '../../api/open-client.ts';
import { FAULT_CAUSES } from '../../engine/fault.ts';
import type { SourceFile } from '../../engine/language/compile-set.ts';
import type { Diagnostic } from '../../engine/language/diagnostics/diagnostic.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { auditPlace } from '../../store/audit/copies.ts';
import { clearIncoming } from '../../store/files/receive-file.ts';
import type { Store } from '../../store/open-store.ts';
import { destinationsFromEnv } from '../../workers/destinations.ts';
import type { Say } from '../../workers/embedded/setup-error.ts';
import { type Embedded, startEmbedded } from '../../workers/embedded/start-embedded.ts';
import { startWorker } from '../../workers/worker.ts';
import { leaveConnections } from '../doctor/connections.ts';
import { openFiles } from '../files-place.ts';
import { apiSettings, createMetrics, openDatabase, openNamespace, temporalPlace } from '../processes/openings.ts';
import { readPlaybooks } from '../read-playbooks.ts';
import { DEFAULT_PORT } from '../server-address.ts';
import { ensureAdministrator, leaveClientFile } from './first-start.ts';
import { type OpenLog, openLog } from './open-log.ts';
import { type OpenPort, openPort } from './open-port.ts';
import { checkFolder, publishPlaybooks } from './publish-playbooks.ts';
import type { Stops } from './stops.ts';
import { watchDisk } from './watch-disk.ts';

export interface ServeOptions {
  readonly data: string;
  readonly host: string;
  readonly port?: number;
  readonly playbooks: string;
  /** Loads the sample data, unless it is there. */
  readonly sample?: boolean;
}

/** The playbooks do not compile; nothing was started. */
export class PlaybookErrors extends Error {
  override readonly name = 'PlaybookErrors';
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly SourceFile[];

  constructor(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]) {
    super('the playbooks have errors');
    this.diagnostics = diagnostics;
    this.files = files;
  }
}

export interface Serving {
  readonly url: string;
  readonly store: Store;
  readonly entities: EntityClient;
  readonly client: Client;
  readonly set: PlaybookSet;
  readonly log: OpenLog;
  /** Made at the first start only. */
  readonly adminKey: string | undefined;
  /** Resolves with why, when a part that we cannot do without has stopped by itself. */
  readonly failed: Promise<Error>;
}

/** What was started is in `stops`, whether or not all of it could be. @throws SetupError, PlaybookErrors. */
export async function runServe(options: ServeOptions, say: Say, stops: Stops): Promise<Serving> {
  const destinations = destinationsFromEnv(process.env);
  const settings = apiSettings(process.env);
  const uploads = openFiles(process.env, options.data);
  const { set, files, diagnostics } = await checkFolder(readPlaybooks(options.playbooks));
  if (set === undefined) throw new PlaybookErrors(diagnostics, files);
  const port = await openPort(options.host, options.port);
  stops.add(port.close);
  if (port.isAnother)
    say({
      zh: `端口 ${DEFAULT_PORT} 已被占用，改用 ${port.url}`,
      en: `port ${DEFAULT_PORT} is in use, taking ${port.url}`,
    });
  const embedded = await startServers(options, say, stops);
  const log = openLog(options.data);
  stops.add(log.close);
  const { env } = process;
  const metrics = createMetrics(env);
  const store = await openDatabase({ databaseUrl: embedded.databaseUrl, env, metrics, say }, stops);
  await publishPlaybooks(store, set, files, say);

  const place = temporalPlace(env, embedded.temporalAddress);
  await openNamespace(place, say);
  const { address: temporalAddress, namespace, taskQueue } = place;
  const refilling = (started: number) =>
    say({ zh: `正在恢复工作流：${started}`, en: `bringing workflows back: ${started}` });
  const audit = auditPlace(options.data);
  const where = { temporalAddress, namespace, taskQueue };
  const worker = await startWorker({
    store,
    ...where,
    destinations,
    log: log.log,
    metrics: metrics.worker,
    audit,
    refilling,
  });
  stops.add(worker.stop);
  const client = openClient(temporalAddress, namespace);
  stops.add(() => client.connection.close());
  const disk = watchDisk(options.data, (isFull) => sayDisk(isFull, say));
  stops.add(disk.stop);
  const { isFull: isDiskFull } = disk;
  const entities = createEntityClient({ client, taskQueue, isDiskFull });
  const adminKey = await ensureAdministrator(store, entities);
  if (uploads !== undefined) await clearIncoming(uploads.store, new Date());
  const closing = new AbortController();
  port.handle(
    createApp({
      store,
      entities,
      log: log.log,
      metrics,
      isDiskFull,
      audit,
      ...(uploads && { files: uploads }),
      closing: closing.signal,
      ...settings,
    }),
  );
  // First of all to stop from here on: requests under way need the worker and the servers for their answers.
  stops.add(port.close);
  stops.add(async () => closing.abort());
  await announce(options, embedded, store, port, adminKey);
  return {
    url: port.url,
    store,
    entities,
    client,
    set,
    log,
    adminKey,
    failed: Promise.race([worker.failed, embedded.lost]),
  };
}

function sayDisk(isFull: boolean, say: Say): void {
  const { title, hint } = FAULT_CAUSES['disk-full'];
  if (isFull) say({ zh: `${title.zh}：不再接受命令。${hint.zh}`, en: `${title.en}, no command is taken: ${hint.en}` });
  else say({ zh: '磁盘又有空间了，继续接受命令', en: 'the disk has room again, commands are taken' });
}

async function startServers(options: ServeOptions, say: Say, stops: Stops): Promise<Embedded> {
  say({ zh: '正在启动数据库和 Temporal', en: 'starting the database and Temporal' });
  const embedded = await startEmbedded({ dataDir: options.data, say });
  stops.add(embedded.stop);
  return embedded;
}

async function announce(
  options: ServeOptions,
  embedded: Embedded,
  store: Store,
  port: OpenPort,
  adminKey: string | undefined,
): Promise<void> {
  embedded.announce(port.url);
  await leaveClientFile(store, options.data, port.url, adminKey);
  leaveConnections(options.data, embedded);
}

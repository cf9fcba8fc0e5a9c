/** Brings up the embedded PostgreSQL and Temporal server on one data folder, or whichever of them is not given from outside. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { findTemporal } from './find-temporal.ts';
import { followTheGuardian } from './follow-the-guardian.ts';
import { freePort } from './free-port.ts';
import type { ServerPlan } from './guardian-plan.ts';
import { lockInstance } from './instance-lock.ts';
import { runAs } from './pass-closed-folders.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { connectOnce, databaseUrl, postgresArgs, prepareCluster } from './postgres-cluster.ts';
import { messageOf, type Say, SetupError } from './setup-error.ts';
import { clearRemains, type Guardian, startGuardian } from './start-guardian.ts';
import { pingTemporal, temporalArgs } from './temporal-server.ts';

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly say: Say;
  /** Absent: a free one, chosen at each start. */
  readonly postgresPort?: number;
  readonly temporalPort?: number;
  /** Absent: the process's own. `DATABASE_URL` and `TEMPORAL_ADDRESS` name servers to use instead of embedded ones. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Embedded {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Resolves when the servers were lost for good and nothing but a new start helps. */
  readonly lost: Promise<SetupError>;
  /** Tells a second instance on this folder where this one serves. */
  announce(address: string): void;
  stop(): Promise<void>;
}

/** Recovery after a crash may take PostgreSQL a while. */
const READY_DEADLINE_MS = 60_000;
/** A server that ends this often before it is ready will not come up. */
const MOST_ENDS = 3;

/**
 * Resolves when both servers take connections. One instance for each data folder.
 *
 * @throws SetupError when it cannot be; nothing is left running then.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { say } = options;
  const env = options.env ?? process.env;
  const given = { databaseUrl: env['DATABASE_URL'] ?? '', temporalAddress: env['TEMPORAL_ADDRESS'] ?? '' };
  if (given.databaseUrl !== '' && given.temporalAddress !== '') return withoutServers(given);
  const folder = await openDataFolder(options.dataDir, env);
  const lock = await lockInstance(folder.dir);
  let guardian: Guardian | undefined;
  try {
    await clearRemains(folder.servers, say);
    const postgres = given.databaseUrl !== '' ? undefined : await preparePostgres(folder, options);
    const temporal = given.temporalAddress !== '' ? undefined : await prepareTemporal(folder, options, env);
    const follow = await followTheGuardian();
    const servers = [postgres?.plan, temporal?.plan].filter((plan) => plan !== undefined).map(follow);
    guardian = startGuardian({ servers, record: folder.servers, stop_deadline_ms: 10_000 }, say);
    const started = guardian;
    await Promise.all([postgres, temporal].map((server) => server && waitUntilReady(server, started)));
    return {
      databaseUrl: postgres?.address ?? given.databaseUrl,
      temporalAddress: temporal?.address ?? given.temporalAddress,
      lost: guardian.lost,
      announce: lock.announce,
      stop: async () => {
        await started.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await guardian?.stop();
    await lock.release();
    throw error;
  }
}

/** Both servers are somebody else's: nothing to start, guard or stop, and no data folder to hold. */
function withoutServers(given: Pick<Embedded, 'databaseUrl' | 'temporalAddress'>): Embedded {
  return { ...given, lost: new Promise(() => undefined), announce: () => undefined, stop: async () => undefined };
}

interface Prepared {
  readonly plan: ServerPlan;
  readonly address: string;
  /** Throws while the server is not ready. */
  readonly ping: () => Promise<void>;
}

async function preparePostgres(folder: DataFolder, options: EmbeddedOptions): Promise<Prepared> {
  const binaries = await postgresBinaries(folder);
  const password = await prepareCluster(folder, binaries, options.say);
  const port = await freePort(options.postgresPort);
  return {
    address: databaseUrl(port, password),
    ping: () => connectOnce(port, password),
    plan: {
      name: 'PostgreSQL',
      ...runAs(folder.user, binaries.postgres, postgresArgs(folder, port)),
      // PostgreSQL needs no PATH; what starts it as another user may.
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
      cwd: folder.dir,
      log: join(folder.logs, 'postgres.log'),
      // A fast shutdown: transactions under way are rolled back, everything committed is written out.
      stop: 'SIGINT',
      mark: folder.postgres,
    },
  };
}

async function prepareTemporal(
  folder: DataFolder,
  options: EmbeddedOptions,
  env: NodeJS.ProcessEnv,
): Promise<Prepared> {
  const program = await findTemporal({ env, say: options.say });
  const port = await freePort(options.temporalPort);
  return {
    address: `127.0.0.1:${port}`,
    ping: () => pingTemporal(`127.0.0.1:${port}`),
    plan: {
      name: 'Temporal',
      file: program,
      args: temporalArgs(folder.temporal, port),
      // A home of its own: no settings of the user's other Temporal work reach this server.
      env: { PATH: env['PATH'] ?? '', HOME: folder.dir, TZ: 'UTC' },
      cwd: folder.dir,
      log: join(folder.logs, 'temporal.log'),
      stop: 'SIGTERM',
      mark: folder.temporal,
    },
  };
}

async function waitUntilReady(server: Prepared, guardian: Guardian): Promise<void> {
  const { name, log } = server.plan;
  const deadline = Date.now() + READY_DEADLINE_MS;
  let lost: SetupError | undefined;
  guardian.lost.then((error) => {
    lost = error;
  });
  for (;;) {
    try {
      return await server.ping();
    } catch (error) {
      if (lost !== undefined) throw lost;
      if (guardian.endsOf(name) < MOST_ENDS && Date.now() < deadline) {
        await delay(40);
        continue;
      }
      const why = guardian.endsOf(name) > 0 ? await lastLineOf(log) : messageOf(error);
      throw new SetupError(
        { en: `${name} does not start: ${why}`, zh: `${name} 无法启动：${why}` },
        { en: `its log \`${log}\` says more`, zh: `详见其日志 \`${log}\`` },
      );
    }
  }
}

async function lastLineOf(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trim().split('\n').at(-1) ?? '';
}

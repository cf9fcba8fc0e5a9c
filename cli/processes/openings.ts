/** What `serve`, `worker`, `api` and what prepares for them open in the same way: settings read once, metrics, the database, the namespace. */

import { collectDefaultMetrics, Registry } from 'prom-client';
import { type ApiMetrics, createApiMetrics } from '../../api/api-metrics.ts';
import type { ApiLimits } from '../../api/limits.ts';
import { FAULT_CAUSES } from '../../engine/fault.ts';
import { causeOf } from '../../store/cause-of.ts';
import { requireLevel } from '../../store/level.ts';
import { addLoadGauges } from '../../store/load-gauges.ts';
import { migrate } from '../../store/migrate.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { TASK_QUEUE } from '../../workers/contract.ts';
import { messageOf, type Say, SetupError } from '../../workers/embedded/setup-error.ts';
import { ensureNamespace } from '../../workers/ensure-namespace.ts';
import { createWorkerMetrics, type WorkerMetrics } from '../../workers/worker-metrics.ts';
import type { Stops } from '../serve/stops.ts';
import { neededSetting, settingNumber, settingText } from '../settings.ts';

export interface TemporalPlace {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
}

/** `address` where the settings name none: that of the embedded server. */
export function temporalPlace(env: NodeJS.ProcessEnv, address?: string): TemporalPlace {
  return {
    address: address ?? neededSetting(env, 'TEMPORAL_ADDRESS'),
    namespace: settingText(env, 'TEMPORAL_NAMESPACE') ?? 'default',
    taskQueue: settingText(env, 'PLAYRAIL_TASK_QUEUE') ?? TASK_QUEUE,
  };
}

export interface Metrics {
  readonly registry: Registry;
  readonly api: ApiMetrics;
  readonly worker: WorkerMetrics;
  readonly token?: string;
}

export function createMetrics(env: NodeJS.ProcessEnv): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const token = settingText(env, 'PLAYRAIL_METRICS_TOKEN');
  const made = { registry, api: createApiMetrics(registry), worker: createWorkerMetrics(registry) };
  return token === undefined ? made : { ...made, token };
}

/** Those that are set; the API knows the usual ones. */
export function apiSettings(env: NodeJS.ProcessEnv): { limits: Partial<ApiLimits>; proxies?: number } {
  const requestsPerMinute = settingNumber(env, 'PLAYRAIL_REQUESTS_PER_MINUTE', 1);
  const addressRequestsPerMinute = settingNumber(env, 'PLAYRAIL_ADDRESS_REQUESTS_PER_MINUTE', 1);
  const concurrent = settingNumber(env, 'PLAYRAIL_CONCURRENT_REQUESTS', 1);
  const proxies = settingNumber(env, 'PLAYRAIL_PROXIES', 0);
  return {
    limits: {
      ...(requestsPerMinute !== undefined && { requestsPerMinute }),
      ...(addressRequestsPerMinute !== undefined && { addressRequestsPerMinute }),
      ...(concurrent !== undefined && { concurrent }),
    },
    ...(proxies !== undefined && proxies > 0 && { proxies }),
  };
}

/** Servers that are started beside us may take a little longer. */
const PATIENCE_MS = 30_000;
const AGAIN_MS = 500;

/** Again while it fails because something is away. @throws what it failed with last. */
async function patiently<T>(attempt: () => Promise<T>, isAway: (error: unknown) => boolean): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (!isAway(error) || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

function isDatabaseAway(error: unknown): boolean {
  const cause = causeOf(error);
  return cause !== undefined && FAULT_CAUSES[cause].passes;
}

export interface DatabaseOptions {
  readonly databaseUrl: string;
  readonly env: NodeJS.ProcessEnv;
  readonly metrics: Metrics;
  readonly say: Say;
}

/** Brought to this version's schema; several processes may start at once. @throws SetupError */
export async function openDatabase(options: DatabaseOptions, stops: Stops): Promise<Store> {
  const { databaseUrl, env, metrics, say } = options;
  const max = settingNumber(env, 'PLAYRAIL_DB_CONNECTIONS', 2);
  const applied = await patiently(() => migrate(databaseUrl), isDatabaseAway).catch((error: unknown) => {
    const { title, hint } = FAULT_CAUSES['newer-version'];
    if (causeOf(error) === 'newer-version') throw new SetupError(title, hint);
    const why = messageOf(error);
    throw new SetupError(
      { zh: `无法准备数据库：${why}`, en: `cannot prepare the database: ${why}` },
      { zh: '检查 DATABASE_URL，或数据目录中的日志', en: 'check DATABASE_URL, or the logs in the data folder' },
    );
  });
  if (applied.length > 0) say({ zh: '数据库结构已更新', en: 'the database schema is up to date now' });
  const store = openStore({ databaseUrl, ...(max !== undefined && { max }), decided: metrics.worker.decided });
  stops.add(store.close);
  addLoadGauges(metrics.registry, store);
  await requireLevel(store).catch((error: unknown) => {
    const { title, hint } = FAULT_CAUSES['newer-version'];
    throw causeOf(error) === 'newer-version' ? new SetupError(title, hint) : error;
  });
  return store;
}

/** @throws SetupError when Temporal does not answer, or the namespace is missing and cannot be made. */
export async function openNamespace({ address, namespace }: TemporalPlace, say: Say): Promise<void> {
  try {
    // Whatever it says, it may only just be starting.
    if (
      await patiently(
        () => ensureNamespace(address, namespace),
        () => true,
      )
    )
      say({ zh: `已建立命名空间 ${namespace}`, en: `made the namespace ${namespace}` });
  } catch (error) {
    const why = messageOf(error);
    throw new SetupError(
      { zh: `Temporal ${address} 无法使用：${why}`, en: `Temporal at ${address} cannot be used: ${why}` },
      {
        zh: `启动该服务器或更正 TEMPORAL_ADDRESS；命名空间可用 \`temporal operator namespace create ${namespace}\` 建立`,
        en: `start that server or correct TEMPORAL_ADDRESS; make the namespace with \`temporal operator namespace create ${namespace}\``,
      },
    );
  }
}

/** What `doctor` looks at in Temporal: the namespace, whether workers take work, whether its time and its runs fit the record. */

import { Client, Connection } from '@temporalio/client';
import { sql } from 'kysely';
import { FAULT_CAUSES } from '../../engine/fault.ts';
import type { Store } from '../../store/open-store.ts';
import { type CheckUp, unwell, well } from './check-up.ts';

const PATIENCE_MS = 5_000;
const NOT_FOUND = 5;
/** Of the kind WORKFLOW in Temporal's own numbering. */
const WORKFLOW_QUEUE = 1;
const RUNS_COMPARED = 1_000;
/** As far ahead as a time may be; see the store's leeway. */
const LEEWAY_MS = 2 * 60_000;

export interface Enforcer {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
}

async function checkNamespace(connection: Connection, namespace: string): Promise<CheckUp> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return well('namespace', `命名空间 \`${namespace}\` 已就位`, `the namespace \`${namespace}\` is there`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === NOT_FOUND)) throw error;
    return unwell(
      'namespace',
      'ill',
      { zh: `没有命名空间 \`${namespace}\``, en: `there is no namespace \`${namespace}\`` },
      {
        zh: '启动 worker 即会建立，或更正 TEMPORAL_NAMESPACE',
        en: 'a worker makes it when it starts, or correct TEMPORAL_NAMESPACE',
      },
    );
  }
}

async function checkWorkers(connection: Connection, { namespace, taskQueue }: Enforcer): Promise<CheckUp> {
  const described = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: WORKFLOW_QUEUE,
  });
  const workers = new Set(described.pollers?.map(({ identity }) => identity)).size;
  if (workers > 0)
    return well(
      'worker',
      `${workers} 个 worker 在队列 \`${taskQueue}\` 上`,
      `${workers} at the queue \`${taskQueue}\``,
    );
  const { title, hint } = FAULT_CAUSES['no-worker'];
  return unwell(
    'worker',
    'ill',
    { zh: `${title.zh}（队列 \`${taskQueue}\`）`, en: `${title.en} (queue \`${taskQueue}\`)` },
    hint,
  );
}

async function databaseTime({ db }: Store): Promise<number> {
  const { rows } = await sql<{ now: number }>`select extract(epoch from clock_timestamp()) * 1000 as now`.execute(db);
  return Number(rows[0]?.now ?? 0);
}

/** The newest run tells Temporal's time at the least. */
async function checkClock(client: Client, store: Store): Promise<CheckUp> {
  const now = await databaseTime(store);
  const machine = Date.now() - now;
  let newest = 0;
  for await (const { startTime } of client.workflow.list({ pageSize: 20 })) {
    newest = Math.max(newest, startTime.getTime());
    break;
  }
  const ahead = Math.max(machine, newest - now);
  if (ahead <= LEEWAY_MS && machine >= -LEEWAY_MS) return well('clock', '各处时钟一致', 'the clocks agree');
  const { title, hint } = FAULT_CAUSES['clock-ahead'];
  const minutes = Math.round((ahead > LEEWAY_MS ? ahead : machine) / 60_000);
  return unwell('clock', 'ill', { zh: `${title.zh}：${minutes} 分钟`, en: `${title.en}: ${minutes} minutes` }, hint);
}

/** A run for what the record does not know has outlived its entity: the database was put back to an earlier time. */
async function checkRestore(client: Client, { db }: Store): Promise<CheckUp> {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: `ExecutionStatus = 'Running'` })) {
    if (/^(case|person)\//.test(workflowId)) ids.push(workflowId);
    if (ids.length >= RUNS_COMPARED) break;
  }
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${ids}::text[]) as run(id)
    where not exists (select 1 from entities e where e.kind || '/' || e.id = run.id)`.execute(db);
  if (rows.length === 0) return well('restore', '工作流与数据库相符', 'the runs fit the record');
  return unwell(
    'restore',
    'ill',
    {
      zh: `Temporal 有 ${rows.length} 个数据库不认识的工作流：数据库可能恢复到了较早的时间`,
      en: `Temporal has ${rows.length} runs that the database does not know: it may have been restored to an earlier time`,
    },
    { zh: '运行 playrail recover --after-restore', en: 'run `playrail recover --after-restore`' },
  );
}

/** @param store absent: the record cannot be read */
export async function checkEnforcer(where: Enforcer, store: Store | undefined): Promise<readonly CheckUp[]> {
  const connection = await Connection.connect({ address: where.address, connectTimeout: PATIENCE_MS });
  try {
    const namespace = await checkNamespace(connection, where.namespace);
    if (namespace.state !== 'well') return [namespace];
    const client = new Client({ connection, namespace: where.namespace });
    const found = [namespace, await checkWorkers(connection, where)];
    return store === undefined ? found : [...found, await checkClock(client, store), await checkRestore(client, store)];
  } finally {
    await connection.close();
  }
}

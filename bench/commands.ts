/** Journalled commands a second and latency alone, with a deadline armed, beside a bare entity workflow in the same run. */

import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { compileSet } from '../engine/language/compile-set.ts';
import { sha256 } from '../store/hash.ts';
import { migrate } from '../store/migrate.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { publish } from '../store/publish.ts';
import {
  COMMAND_UPDATE,
  type EntityKind,
  entityRun,
  type Reply,
  type SentCommand,
  WORKFLOW_TYPES,
  workflowIdOf,
} from '../workers/contract.ts';
import { installRuntime } from '../workers/temporal-runtime.ts';
import { startWorker } from '../workers/worker.ts';
import { BARE_UPDATE } from './bare-workflow.ts';

export interface CommandFigures {
  readonly name: string;
  /** Commands a second of 40 callers on 40 entities: decided, journalled, a deadline armed. */
  readonly ours_per_s: number;
  /** The same callers on workflows that keep a counter. */
  readonly baseline_per_s: number;
  readonly ratio: number;
  readonly aim: number;
  /** Milliseconds of one command when nothing else runs: the median, and the 99th percentile. */
  readonly alone_ms: { readonly ours: Alone; readonly baseline: Alone };
}

interface Alone {
  readonly median: number;
  readonly p99: number;
}

const CALLERS = 40;
/** The first ones, in which code is still being compiled, do not count. */
const WARM_UP_ROUNDS = 2;
const ROUNDS = 5;
const COMMANDS_A_ROUND = 400;
const COMMANDS_ALONE = 100;
const QUEUES = { ours: 'bench-ours', bare: 'bench-bare' };

const PLAYBOOKS = [
  {
    path: 'deal.yaml',
    text: `pipeline: deal
title: { zh: 商机, en: Deal }
subject: opportunity
calendar: always
facts: { count: { type: number, title: { zh: 次数, en: Count } } }
open_at: [ lead ]
lost_reasons: { price: { zh: 价格, en: Price } }
stages:
  - stage: lead
    title: { zh: 线索, en: Lead }
    success_rate: 10%
    ladder: quiet
    leave_when: { fact: count, is_known: true }
`,
  },
  {
    path: 'quiet.yaml',
    text: `ladder: quiet
title: { zh: 停滞, en: Gone quiet }
starts: [ { no_activity: 10 days } ]
ends_when: [ activity, advance ]
rungs: [ { after: 0 days, do: [ { remind: owner } ] } ]
`,
  },
  {
    path: 'always.yaml',
    text: `calendar: always
zone: UTC
hours: { monday-sunday: [ 00:00-24:00 ] }
valid_through: 2099-12-31
`,
  },
  {
    path: 'sales.yaml',
    text: `roles: sales
posts:
  - { role: admin, title: { zh: 管理员, en: Administrator }, over: all, may: [ see, open, set_facts, log_activity, submit_evidence, advance, close, import, administer ] }
`,
  },
];

/** One command to one entity. */
type Send = (entity: number) => Promise<void>;

/** Uses the database and the Temporal server for itself; they should be new. */
export async function benchCommands(servers: {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
}): Promise<CommandFigures> {
  const { databaseUrl, temporalAddress: address } = servers;
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  installRuntime(quiet);
  await migrate(databaseUrl);
  const store = openStore({ databaseUrl });
  await publishPlaybooks(store);
  const ourWorker = await startWorker({
    store,
    temporalAddress: address,
    taskQueue: QUEUES.ours,
    destinations: { webhooks: {} },
    log: quiet,
  });
  const native = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
  const bareWorker = await startBareWorker(native);
  const bareRunning = bareWorker.run();
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  try {
    const ours = await oursSend(client);
    const bare = await bareSend(client);
    return await measure(ours, bare);
  } finally {
    bareWorker.shutdown();
    await bareRunning;
    await ourWorker.stop();
    await connection.close();
    await native.close();
    await store.close();
  }
}

/** In turns, so that whatever else the machine does meets both alike. */
async function measure(ours: Send, bare: Send): Promise<CommandFigures> {
  const rates: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  const alone = { ours: await timesAlone(ours), baseline: await timesAlone(bare) };
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    await ratePerSecond(ours);
    await ratePerSecond(bare);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.ours.push(await ratePerSecond(ours));
    rates.bare.push(await ratePerSecond(bare));
  }
  const oursPerS = medianOf(rates.ours);
  const barePerS = medianOf(rates.bare);
  return {
    name: 'commands',
    ours_per_s: Math.round(oursPerS),
    baseline_per_s: Math.round(barePerS),
    ratio: Number((oursPerS / barePerS).toFixed(2)),
    aim: 0.7,
    alone_ms: { ours: summary(alone.ours), baseline: summary(alone.baseline) },
  };
}

async function ratePerSecond(send: Send): Promise<number> {
  let left = COMMANDS_A_ROUND;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: CALLERS }, async (_, caller) => {
      for (; left > 0; ) {
        left -= 1;
        await send(caller);
      }
    }),
  );
  return (COMMANDS_A_ROUND * 1000) / (performance.now() - start);
}

async function timesAlone(send: Send): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < COMMANDS_ALONE; n += 1) {
    const start = performance.now();
    await send(0);
    times.push(performance.now() - start);
  }
  return times;
}

function summary(times: readonly number[]): Alone {
  const sorted = [...times].sort((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  return { median: Number(medianOf(times).toFixed(1)), p99: Number(p99.toFixed(1)) };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function publishPlaybooks(store: Store): Promise<void> {
  const { set, diagnostics } = compileSet(PLAYBOOKS, { sha256 });
  if (set === undefined) throw new Error(`the benchmark's playbooks do not compile: ${JSON.stringify(diagnostics)}`);
  await publish(store, set, Object.fromEntries(PLAYBOOKS.map(({ path, text }) => [path, text])), 'admin');
}

/** Opens a case for each caller. Each command changes a fact, is journalled, and leaves the stall's deadline armed. */
async function oursSend(client: Client): Promise<Send> {
  const open = { command: 'open', title: 'Benchmark', pipeline: 'deal' };
  await begin(client, 'person', 'admin', { command: 'join', name: 'Admin', role: 'admin' }, 'system');
  for (let caller = 0; caller < CALLERS; caller += 1) await begin(client, 'case', `bench-${caller}`, open, 'admin');
  let count = 0;
  return async (entity) => {
    count += 1;
    const command: SentCommand = { id: randomUUID(), actor: 'admin', body: { command: 'set_facts', facts: { count } } };
    const handle = client.workflow.getHandle(workflowIdOf('case', `bench-${entity}`));
    mustBeAccepted(await handle.executeUpdate<Reply, [SentCommand]>(COMMAND_UPDATE, { args: [command] }));
  };
}

async function begin(client: Client, kind: EntityKind, id: string, body: object, actor: string): Promise<void> {
  const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPES[kind], {
    ...entityRun({ kind, id }, QUEUES.ours),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  const reply = await client.workflow.executeUpdateWithStart<() => Promise<void>, Reply, [SentCommand]>(
    COMMAND_UPDATE,
    {
      args: [{ id: randomUUID(), actor, body }],
      startWorkflowOperation,
    },
  );
  mustBeAccepted(reply);
}

function mustBeAccepted(reply: Reply): void {
  if (reply.outcome !== 'accepted')
    throw new Error(`a command of the benchmark was not accepted: ${JSON.stringify(reply)}`);
}

async function startBareWorker(connection: NativeConnection): Promise<Worker> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const workflowsPath = fileURLToPath(new URL(`./bare-workflow.${extension}`, import.meta.url));
  return Worker.create({
    connection,
    taskQueue: QUEUES.bare,
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') }),
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 5, maximum: 20 },
    maxCachedWorkflows: 2000,
    maxConcurrentWorkflowTaskExecutions: 200,
  });
}

async function bareSend(client: Client): Promise<Send> {
  const handles = await Promise.all(
    Array.from({ length: CALLERS }, () =>
      client.workflow.start('bareWorkflow', { workflowId: randomUUID(), taskQueue: QUEUES.bare, args: [] }),
    ),
  );
  return async (entity) => {
    await handles[entity]?.executeUpdate<number, [unknown]>(BARE_UPDATE, { args: [{ count: 1 }] });
  };
}

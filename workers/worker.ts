/** Starts a worker: it runs the workflows and their activities, and sweeps up what fell behind. */

import { heartbeat } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { FaultCause } from '../engine/fault.ts';
import type { AuditPlace } from '../store/audit/copies.ts';
import { causeOf, StoreFault } from '../store/cause-of.ts';
import { resumeErasures } from '../store/erase/erase-person.ts';
import { requireLevel } from '../store/level.ts';
import type { Store } from '../store/open-store.ts';
import { safeError } from '../store/safe-error.ts';
import { step } from '../store/step.ts';
import { type EntityActivities, type ImportActivities, TASK_QUEUE } from './contract.ts';
import { deliver } from './deliver.ts';
import type { Destinations } from './destinations.ts';
import { messageOf } from './embedded/setup-error.ts';
import { importActivities } from './import-activities.ts';
import type { Log } from './log.ts';
import { nightlyCheckpoint } from './nightly-checkpoint.ts';
import { nightlyDiagnosis } from './nightly-diagnosis.ts';
import { nightlyPeopleCheck } from './nightly-people-check.ts';
import { createOutside, type Outside } from './outside.ts';
import { createSendPacer } from './send-pacer.ts';
import { installRuntime } from './temporal-runtime.ts';
import { OVERDUE_MS, tidy } from './tidy.ts';
import type { WorkerMetrics } from './worker-metrics.ts';
import { workflowBundle } from './workflow-bundle.ts';

export interface WorkerOptions {
  readonly store: Store;
  /** `host:port`. */
  readonly temporalAddress: string;
  readonly namespace?: string;
  readonly taskQueue?: string;
  readonly destinations: Destinations;
  readonly log: Log;
  /** Where checkpoints are signed and copied to; absent: this worker makes none. */
  readonly audit?: AuditPlace;
  readonly metrics?: WorkerMetrics;
  /** Told how many workflows a refill has started so far. */
  readonly refilling?: (started: number) => void;
}

export interface RunningWorker {
  /** Resolves when the worker stopped by itself, with why; a new start is needed then. */
  readonly failed: Promise<Error>;
  /** Finds entities that are overdue by two minutes, or by `overdueMs`, now, as is done every minute. */
  sweep(overdueMs?: number): Promise<void>;
  /** Takes no new work, ends what is under way. The store stays open. */
  stop(): Promise<void>;
}

const SWEEP_EVERY_MS = 60_000;

/** Resolves when the worker takes work and a new namespace is filled. @throws when Temporal or the database does not answer. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { store, temporalAddress: address, namespace = 'default', taskQueue = TASK_QUEUE, log } = options;
  await requireLevel(store);
  installRuntime(log);
  // On the loopback address or a local network, compressing costs more than it saves.
  const connection = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
  const client = new Client({ connection, namespace });
  const outside = createOutside(options.destinations);
  const worker = await createWorker(options, connection, activities(options, client, outside));
  const running = worker.run();
  const checkpoint = options.audit === undefined ? undefined : nightlyCheckpoint(store, options.audit, log);
  const refilling = options.refilling ?? (() => undefined);
  const checkPeople = nightlyPeopleCheck({ store, client, taskQueue, log });
  const lookAtCases = nightlyDiagnosis({ store, client, taskQueue, log });
  const sweep = async (overdueMs = OVERDUE_MS, isFirst = false): Promise<void> => {
    await requireLevel(store);
    await tidy({ store, client, namespace, taskQueue, log, refilling }, overdueMs, isFirst);
    await checkpoint?.();
    const erased = await resumeErasures(store);
    if (erased > 0) log.info({ people: erased }, 'erased what was asked for');
    await checkPeople();
    // A worker takes work before it has looked at every case.
    if (!isFirst) await lookAtCases();
  };
  let outdated: (error: Error) => void = () => undefined;
  const tooOld = new Promise<Error>((resolve) => {
    outdated = resolve;
  });
  const stopSweeping = sweepEvery(SWEEP_EVERY_MS, sweep, (error) => {
    log.warn({ error: safeError(error) }, 'a sweep failed');
    // A newer program has moved the database on under us.
    if (error instanceof StoreFault && error.fault === 'newer-version') outdated(error);
  });
  let stopped: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await stopSweeping();
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running.catch(() => undefined);
    outside.close();
    await connection.close();
  };
  const stop = (): Promise<void> => {
    stopped ??= end();
    return stopped;
  };
  try {
    await sweep(OVERDUE_MS, true);
  } catch (error) {
    await stop();
    throw error;
  }
  const ended = running.then(
    () => new Promise<Error>(() => undefined),
    (error: unknown) => new Error(`the Temporal worker has stopped: ${messageOf(error)}`),
  );
  return { failed: Promise.race([ended, tooOld]), sweep, stop };
}

function activities(
  { store, taskQueue = TASK_QUEUE, log, metrics }: WorkerOptions,
  client: Client,
  outside: Outside,
): EntityActivities & ImportActivities {
  const pacer = createSendPacer();
  return {
    ...importActivities({ store, client, taskQueue }),
    step: async (input) => {
      const started = performance.now();
      try {
        const result = await step(store, input);
        metrics?.stepped(input, result.replies, (performance.now() - started) / 1_000);
        return result;
      } catch (error) {
        const cause: FaultCause = causeOf(error) ?? 'defect';
        const detail = messageOf(error);
        metrics?.failed(cause);
        log.warn({ entity: `${input.kind}/${input.id}`, cause, error: safeError(error) }, 'a step failed');
        throw ApplicationFailure.retryable(detail, cause);
      }
    },
    deliver: (input) => deliver({ store, client, taskQueue, outside, pacer, alive: heartbeat }, input),
  };
}

async function createWorker(
  options: WorkerOptions,
  connection: NativeConnection,
  functions: EntityActivities & ImportActivities,
): Promise<Worker> {
  return Worker.create({
    connection,
    namespace: options.namespace ?? 'default',
    taskQueue: options.taskQueue ?? TASK_QUEUE,
    workflowBundle: await workflowBundle(),
    activities: { ...functions },
    // The older options for numbers of polls are ignored by this version.
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 5, maximum: 20 },
    activityTaskPollerBehavior: { type: 'autoscaling', initial: 2, maximum: 10 },
    maxCachedWorkflows: 2000,
    // Many, as an entity that cannot be decided keeps one for seconds.
    maxConcurrentWorkflowTaskExecutions: 200,
    maxConcurrentLocalActivityExecutions: 200,
    maxConcurrentActivityTaskExecutions: 100,
    // A run that cannot be replayed ends; PostgreSQL has the entity, and the sweep or the next command a new run.
    workflowFailureErrorTypes: { '*': ['NondeterminismError'] },
    // A worker that was killed leaves its share to the others after this.
    stickyQueueScheduleToStartTimeout: '5 s',
    shutdownGraceTime: '5 s',
    shutdownForceTime: '10 s',
  });
}

/** @returns the way to stop, which waits for a sweep under way. */
function sweepEvery(
  everyMs: number,
  sweep: () => Promise<void>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let underWay: Promise<void> = Promise.resolve();
  let isFree = true;
  const timer = setInterval(() => {
    if (!isFree) return;
    isFree = false;
    underWay = sweep()
      .catch(onFailure)
      .finally(() => {
        isFree = true;
      });
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}

/** Sends a command to its entity's workflow and waits, within a deadline, for the reply. */

import { randomUUID } from 'node:crypto';
import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowIdConflictPolicy,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { type FaultCause, fault } from '../engine/fault.ts';
import {
  COMMAND_UPDATE,
  type EntityKind,
  entityRun,
  IMPORT_WORKFLOW,
  type ImportInput,
  importWorkflowIdOf,
  type Reply,
  type SentCommand,
  TASK_QUEUE,
  WORKFLOW_TYPES,
  workflowIdOf,
} from '../workers/contract.ts';
import { createEntityQueue } from './entity-queue.ts';
import { temporalCauseOf } from './temporal-cause.ts';

export interface EntityClient {
  /**
   * Never throws: what cannot be told within the deadline is a `fault`, after which the same command id may be sent again.
   * `isNew` starts the workflow with the command; otherwise it is started only where it turns out to be missing.
   */
  send(kind: EntityKind, id: string, command: SentCommand, options?: { readonly isNew?: boolean }): Promise<Reply>;
  /** Starts an import's workflow; one that runs already is left to run. @throws when Temporal does not answer. */
  startImport(id: number): Promise<void>;
  /** @throws when Temporal does not answer. */
  ping(): Promise<void>;
}

export interface EntityClientOptions {
  readonly client: Client;
  readonly taskQueue?: string;
  /** Where the database lies beside us: while its disk is full nothing is sent, so that it is not filled to the brim. */
  readonly isDiskFull?: () => boolean;
  /** Longer than the 4 s that `step` may take, so that its own fault is heard. */
  readonly deadlineMs?: number;
}

const MAX_IN_FLIGHT = 10;
const MAX_WAITING = 500;
const RETRY_AFTER_MS = 50;
const PING_MS = 2_000;

class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** The workflow ended or continued as new under the update; the journal makes a second attempt harmless. */
function isWorthAnotherAttempt(error: unknown): boolean {
  return error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError;
}

/** What failed, in a word or two, without the address or stack. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const inner = error.cause instanceof Error ? error.cause.message : undefined;
  return inner === undefined ? error.message : `${error.message}: ${inner}`;
}

export function createEntityClient(options: EntityClientOptions): EntityClient {
  const { client, taskQueue = TASK_QUEUE, deadlineMs = 8_000, isDiskFull = () => false } = options;
  const queue = createEntityQueue({ inFlight: MAX_IN_FLIGHT, maxWaiting: MAX_WAITING });

  function update(workflowId: string, command: SentCommand): Promise<Reply> {
    return client.workflow
      .getHandle(workflowId)
      .executeUpdate<Reply, [SentCommand]>(COMMAND_UPDATE, { args: [command], updateId: randomUUID() });
  }

  function updateWithStart(kind: EntityKind, id: string, command: SentCommand): Promise<Reply> {
    const start = new WithStartWorkflowOperation(WORKFLOW_TYPES[kind], {
      ...entityRun({ kind, id }, taskQueue),
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    });
    // Its handle is not used; unobserved, its rejection would end the process.
    start.workflowHandle().catch(() => undefined);
    return client.workflow.executeUpdateWithStart<() => Promise<void>, Reply, [SentCommand]>(COMMAND_UPDATE, {
      args: [command],
      updateId: randomUUID(),
      startWorkflowOperation: start,
    });
  }

  async function attempts(kind: EntityKind, id: string, command: SentCommand, until: number, isNew: boolean) {
    let isMissing = isNew;
    for (;;) {
      if (Date.now() >= until) throw new DeadlinePassed('the deadline passed');
      try {
        return await client.withDeadline(until, () =>
          isMissing ? updateWithStart(kind, id, command) : update(workflowIdOf(kind, id), command),
        );
      } catch (error) {
        if (!isWorthAnotherAttempt(error)) throw error;
        isMissing ||= error instanceof WorkflowNotFoundError;
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
      }
    }
  }

  async function send(kind: EntityKind, id: string, command: SentCommand, how?: { readonly isNew?: boolean }) {
    const until = Date.now() + deadlineMs;
    if (isDiskFull()) return fault('disk-full', 'nothing was sent');
    try {
      const reply = await queue.run(workflowIdOf(kind, id), () =>
        attempts(kind, id, command, until, how?.isNew ?? false),
      );
      return reply ?? fault('too-many-waiting', `${MAX_WAITING} commands wait already`);
    } catch (error) {
      return fault(await causeNow(error), detailOf(error));
    }
  }

  async function ping(): Promise<void> {
    await client.withDeadline(Date.now() + PING_MS, () => client.workflowService.getSystemInfo({}));
  }

  /** The client tries again until the deadline whatever it met, and then says only that it passed: so Temporal is asked. */
  async function causeNow(error: unknown): Promise<FaultCause> {
    if (isDiskFull()) return 'disk-full';
    const cause = error instanceof DeadlinePassed ? 'no-worker' : (temporalCauseOf(error) ?? 'defect');
    if (cause !== 'no-worker') return cause;
    return ping().then(
      () => 'no-worker',
      () => 'temporal-away',
    );
  }

  async function startImport(id: number): Promise<void> {
    const input: ImportInput = { import: id };
    await client.withDeadline(Date.now() + deadlineMs, () =>
      client.workflow.start(IMPORT_WORKFLOW, {
        workflowId: importWorkflowIdOf(id),
        taskQueue,
        args: [input],
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      }),
    );
  }

  return { send, startImport, ping };
}

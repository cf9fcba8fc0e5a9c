/** The names both sides of Temporal agree on: queues, workflow ids, message types. Imported by workflow code: of ours it imports types only. */

import type { EntityKind, EntityRef, Reply, SentCommand } from '../engine/entity.ts';
import type { Fault } from '../engine/fault.ts';
import type { StepInput, StepResult } from '../store/step.ts';

// Workflow code imports this file and nothing else of ours.
export type { EntityKind, Fault, Reply, SentCommand, StepInput, StepResult };

export const TASK_QUEUE = 'playrail';
export const COMMAND_UPDATE = 'command';
export const COMMAND_SIGNAL = 'deliver_command';
export const WAKE_SIGNAL = 'wake';

export const WORKFLOW_TYPES = { case: 'caseWorkflow', person: 'personWorkflow' } as const satisfies Record<
  EntityKind,
  string
>;

/** `case/<id>` or `person/<id>`. */
export function workflowIdOf(kind: EntityKind, id: string): string {
  return `${kind}/${id}`;
}

export interface EntityInput extends EntityRef {
  /** Commands from other entities that met a fault and wait for their next attempt; handed on from run to run. */
  readonly held?: readonly SentCommand[];
  /**
   * ISO 8601: when the store says that it must wake next, and that nothing is to be done before. The run then sleeps until
   * there is something to do, where it would otherwise ask first. Should the time be stale, the sweep finds the entity.
   */
  readonly wake_at?: string;
}

/**
 * How an entity's workflow is started, by whoever does. The task timeout: a task that went to a worker just then killed
 * or stopped is given to another after this, before a caller's patience ends; longer than a step may take.
 */
export function entityRun({ kind, id, wake_at }: EntityInput, taskQueue: string): EntityRun {
  const input: EntityInput = { kind, id, ...(wake_at !== undefined && { wake_at }) };
  return { workflowId: workflowIdOf(kind, id), taskQueue, args: [input], workflowTaskTimeout: '5 s' };
}

export interface EntityRun {
  readonly workflowId: string;
  readonly taskQueue: string;
  readonly args: [EntityInput];
  readonly workflowTaskTimeout: '5 s';
}

export interface DeliverInput {
  readonly kind: EntityKind;
  readonly id: string;
  /** The workflow's own time, ISO 8601. */
  readonly now: string;
}

export interface DeliverResult {
  /** ISO 8601: when the next attempt is due; absent: the outbox is empty. */
  readonly again_at?: string;
}

/** What the workflow has done outside of itself. */
export interface EntityActivities {
  /** One transaction: decides the commands, lets the clocks catch up. A local activity; the type of its failure is a `FaultCause`. */
  step(input: StepInput): Promise<StepResult>;
  /** Empties the entity's outbox as far as it can be now. */
  deliver(input: DeliverInput): Promise<DeliverResult>;
}

/** An import is a workflow too: its number in the store, and no more. */
export interface ImportInput {
  readonly import: number;
}

export const IMPORT_WORKFLOW = 'importWorkflow';

/** `import/<number>`. */
export function importWorkflowIdOf(id: number): string {
  return `import/${id}`;
}

/** Each may be cut off anywhere and done again. */
export interface ImportActivities {
  importPeople(input: ImportInput): Promise<void>;
  /** @returns whether rows are left */
  importRows(input: ImportInput): Promise<boolean>;
  startImported(input: ImportInput): Promise<void>;
  sendDigests(input: ImportInput): Promise<void>;
}

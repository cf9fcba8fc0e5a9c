/** The names both sides of Temporal agree on: queues, workflow ids, message types. Imported by workflow code: types and constants only. */

export type EntityKind = 'case' | 'person';

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

export interface EntityInput {
  readonly kind: EntityKind;
  readonly id: string;
  /** Commands from other entities that met a fault and wait for their next attempt; handed on from run to run. */
  readonly held?: readonly SentCommand[];
}

/** A command on its way; `body` is opaque here, `step` checks it. */
export interface SentCommand {
  readonly id: string;
  readonly actor: string;
  readonly body: unknown;
  /** When the sender sent it, ISO 8601. */
  readonly sent_at?: string;
}

/**
 * What a caller gets for a command. The five kinds of no less the diagnostic: `invalid`, `forbidden`, `refused`, `fault`.
 * `entry` is the journal sequence number, absent where nothing was journalled.
 */
export type Reply =
  | {
      readonly outcome: 'accepted';
      readonly entry: number;
      readonly events: readonly unknown[];
      readonly warnings: readonly unknown[];
    }
  | { readonly outcome: 'refused'; readonly entry: number; readonly reasons: readonly unknown[] }
  | { readonly outcome: 'forbidden'; readonly reason: unknown }
  | { readonly outcome: 'invalid'; readonly problems: readonly unknown[] }
  | { readonly outcome: 'fault'; readonly cause: string };

export interface StepInput {
  readonly kind: EntityKind;
  readonly id: string;
  /** The workflow's own time, ISO 8601. */
  readonly now: string;
  readonly commands: readonly SentCommand[];
}

export interface StepResult {
  /** One per command, in order. */
  readonly replies: readonly Reply[];
  /** ISO 8601; absent: nothing to wait for. */
  readonly wake_at?: string;
  /** Messages wait in the outbox. */
  readonly outbox: boolean;
  /** The entity does not exist: the run ends. */
  readonly gone: boolean;
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
  /** One transaction: decides the commands, lets the clocks catch up. A local activity. */
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

/** The tables of PostgreSQL as kysely sees them; `migrations/` makes them. */

import type { ColumnType, Generated } from 'kysely';
import type { Owed } from '../engine/case/debts.ts';
import type { EntityKind } from '../engine/entity.ts';
import type { KeptText } from './personal-text.ts';

/** timestamptz columns are read and written as ISO instants (see `open-store.ts`). */
export type InstantColumn = string;

/** json and jsonb: parsed when read, JSON text when written. */
export type JsonColumn<T> = ColumnType<T, string, string>;

export interface EntitiesTable {
  kind: EntityKind;
  id: string;
  /** Number of the last journal entry; entries count from 1. */
  seq: number;
  /** Hash of the last journal entry. */
  head_hash: string;
  /** Absent while nothing but refusals and faults is known of it. */
  state: ColumnType<unknown, string | null, string | null>;
  wake_at: InstantColumn | null;
  /** When its last entry was recorded: its clock never goes back behind this. */
  last_at: InstantColumn;
  /** Wakes that failed one after another, and until when the next one is put off. */
  wake_faults: Generated<number>;
  wake_not_before: InstantColumn | null;
}

export interface CasesTable {
  id: string;
  title: string;
  pipeline: string;
  rules: string;
  status: 'open' | 'won' | 'lost';
  finished: boolean;
  finish_reason: string | null;
  ungated: boolean;
  stage: string;
  owner: string;
  opened_at: InstantColumn;
  entered_at: InstantColumn;
  last_activity_at: InstantColumn;
  stalled_since: InstantColumn | null;
  stall_cause: string | null;
  /** Rungs of the ladder that have fired in this stall. */
  rungs_fired: number | null;
  /** The ladder waits for a decision. */
  demanded: boolean;
  flags: string[];
  /** Who has something to do for it. */
  task_owners: string[];
  /** Who is asked to accept evidence, or for a decision. */
  asked: string[];
  /** Evidence that waits for somebody's acceptance. */
  to_accept: number;
  debts: number;
  /** `yyyy-MM-dd` of the debt that falls due first. */
  debt_due_on: string | null;
  /** Each thing owed, as `debtsOf` has it. */
  owes: JsonColumn<readonly Owed[]>;
  /** Digests of its longer answers; sorted, each once. */
  answer_digests: string[];
  /** The customer's name as it is compared; null where the case has none. */
  customer: string | null;
  amount_minor: number | null;
  amount_currency: string | null;
  amount_mark: string | null;
  /** How many findings stand. */
  findings: number;
  /** The case that started it. */
  parent: string | null;
  updated_at: InstantColumn;
}

export interface JournalTable {
  kind: EntityKind;
  entity: string;
  seq: number;
  /** Null for faults, which do not use up their command's id. */
  command_id: string | null;
  actor: string;
  recorded_at: InstantColumn;
  /** Canonical JSON (RFC 8785); `hash` is its SHA-256 and it contains `prev_hash`. */
  text: string;
  hash: string;
  prev_hash: string;
  /** The transaction that wrote it: what the feed of events is read in the order of. */
  tx: Generated<number>;
}

/** The texts of one entry that lie apart from it. */
export interface PersonalTextsTable {
  kind: EntityKind;
  entity: string;
  seq: number;
  person: string;
  /** `about` the person, or `written` by them. */
  role: 'about' | 'written';
  /** In the order of the entry's `personal`. */
  texts: JsonColumn<readonly KeptText[]>;
}

/** What erasing somebody covers, and how far it has come. */
export interface ErasuresTable {
  person: string;
  requested_at: InstantColumn;
  /** Also what they wrote about cases. */
  written: boolean;
  /** Also what others wrote that names them. */
  quoted: boolean;
  done_at: InstantColumn | null;
  counts: JsonColumn<unknown>;
}

/** A signed list of all heads, as of one moment; copies lie outside PostgreSQL. */
export interface CheckpointsTable {
  n: number;
  /** The night it was made for, `yyyy-MM-dd`; null: made on demand. */
  night: string | null;
  at: InstantColumn;
  /** The signed document, as its copy has it. */
  document: string;
  /** Heads that changed since the checkpoint before, one a line. */
  heads: string;
}

export interface InstallationTable {
  one: Generated<boolean>;
  /** Programs of a lower level refuse to work on this database. */
  minimum_level: number;
  /** Positions in the feed of events hold within one feed: a restore begins another. */
  feed: string;
}

export interface OutboxTable {
  id: Generated<number>;
  kind: EntityKind;
  entity: string;
  seq: number;
  idx: number;
  /** Hash of the entry and index of the effect: the same at every attempt. */
  key: string;
  queue: 'entities' | 'outside';
  /** `person/ann` in the first queue, `mail` or `webhook/<name>` in the second. */
  target: string;
  payload: JsonColumn<unknown>;
  recorded_at: InstantColumn;
  next_at: InstantColumn;
  attempts: Generated<number>;
  last_error: string | null;
  delivered_at: InstantColumn | null;
}

export interface PeopleVersionTable {
  one: Generated<boolean>;
  version: number;
}

export interface PeopleTable {
  person: string;
  /** The version of the people with which this row began to hold. */
  version: number;
  /** The version that replaced it; null: it holds now. */
  until_version: number | null;
  name: string;
  role: string;
  manager: string | null;
  region: string | null;
  email: string | null;
  lang: 'zh' | 'en';
  active: boolean;
  /** Those that were not over, without their reasons. */
  absences: JsonColumn<unknown>;
  /** From when it holds. */
  since: InstantColumn;
}

export interface InboxItemsTable {
  person: string;
  /** Counts from 1 for each person. */
  item: number;
  kind: string;
  case_id: string | null;
  message: JsonColumn<unknown>;
  received_at: InstantColumn;
  read_at: InstantColumn | null;
  /** What it is about, while that is open. */
  subject: string | null;
  on_behalf_of: string | null;
  /** When it was settled and how; null: it is open. */
  settled_at: InstantColumn | null;
  settled_how: string | null;
}

export interface ForbiddenCountsTable {
  actor: string;
  day: string;
  count: number;
}

export interface PlaybookSetsTable {
  hash: string;
  language: number;
  /** Path → text, as the authors wrote it. */
  sources: JsonColumn<unknown>;
  compiled: JsonColumn<unknown>;
  published_at: Generated<InstantColumn>;
  published_by: string;
}

export interface RulesTable {
  hash: string;
  pipeline: string;
  compiled: JsonColumn<unknown>;
}

export interface CurrentSetTable {
  one: Generated<boolean>;
  hash: string;
}

export interface ApiKeysTable {
  hash: string;
  person: string;
  label: string;
  created_at: Generated<InstantColumn>;
  revoked_at: InstantColumn | null;
}

export interface ImportSourcesTable {
  mapping: string;
  source: string;
  /** By how many days a re-dated sample is moved; fixed at the first import. */
  shift_days: number;
  first_at: Generated<InstantColumn>;
}

export interface ImportsTable {
  id: Generated<number>;
  mapping: string;
  source: string;
  /** SHA-256 over the files and the mapping. */
  digest: string;
  shift_days: number;
  status: 'running' | 'done' | 'failed';
  started_by: string;
  started_at: Generated<InstantColumn>;
  finished_at: InstantColumn | null;
  /** Counts and bad rows, in the import's own form. */
  progress: JsonColumn<unknown>;
}

export interface ImportRowsTable {
  mapping: string;
  source: string;
  external_id: string;
  case_id: string;
  /** SHA-256 over the mapped row. */
  digest: string;
  /** The import that made the case. */
  import: number;
  /** What the row said when it was last imported; null for rows from before this was kept. */
  said: JsonColumn<unknown> | null;
  /** The import that met the row last: a row of an earlier one has vanished from the export. */
  seen_in: number | null;
}

export interface ImportTablesTable {
  import: number;
  /** As the mapping calls it. */
  table_id: string;
  part: number;
  /** Head and rows, kept so that an import that was cut off goes on by itself. */
  content: JsonColumn<unknown>;
}

export interface ImportChangesTable {
  import: number;
  line: number;
  mapping: string;
  source: string;
  external_id: string;
  case_id: string;
  /** What the row says now. */
  said: JsonColumn<unknown>;
  digest: string;
  /** What differs from what it said last, and what is done about it. */
  change: JsonColumn<unknown>;
  /** Null until its commands have been answered. */
  outcome: string | null;
}

/** What was uploaded to which case; the bytes lie in the file store, under their hash. */
export interface CaseFilesTable {
  case_id: string;
  sha256: string;
  name: string;
  size: number;
  type: string;
  uploaded_by: string;
  uploaded_at: Generated<InstantColumn>;
}

export interface TemporalNamespacesTable {
  namespace: string;
  first_seen_at: Generated<InstantColumn>;
}

export interface Tables {
  entities: EntitiesTable;
  cases: CasesTable;
  journal: JournalTable;
  personal_texts: PersonalTextsTable;
  erasures: ErasuresTable;
  checkpoints: CheckpointsTable;
  installation: InstallationTable;
  outbox: OutboxTable;
  people_version: PeopleVersionTable;
  people: PeopleTable;
  inbox_items: InboxItemsTable;
  forbidden_counts: ForbiddenCountsTable;
  playbook_sets: PlaybookSetsTable;
  rules: RulesTable;
  current_set: CurrentSetTable;
  api_keys: ApiKeysTable;
  import_sources: ImportSourcesTable;
  imports: ImportsTable;
  import_rows: ImportRowsTable;
  import_tables: ImportTablesTable;
  import_changes: ImportChangesTable;
  case_files: CaseFilesTable;
  temporal_namespaces: TemporalNamespacesTable;
}

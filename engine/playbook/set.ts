/** A compiled playbook set: frozen plain JSON, kept in PostgreSQL for ever. */

import type { Approval } from './approval.ts';
import type { Calendar } from './calendar.ts';
import type { Coaching } from './coaching.ts';
import type { Decision } from './decision.ts';
import type { Diagnosis, RepDiagnosis } from './diagnosis.ts';
import type { Gate } from './gate.ts';
import type { Note } from './knowledge.ts';
import type { Ladder } from './ladder.ts';
import type { Mapping } from './mapping.ts';
import type { Pipeline } from './pipeline.ts';
import type { Rhythm } from './rhythm.ts';
import type { Roles } from './roles.ts';
import type { Scorecard } from './scorecard.ts';
import type { Territory } from './territory.ts';

/** What judges one case, pinned by content hash: a pipeline with its gates, ladders, approvals and decisions. */
export interface Rules {
  /** SHA-256 over the canonical JSON of the other members. */
  readonly hash: string;
  readonly pipeline: Pipeline;
  /** Those that apply to the pipeline, by id. */
  readonly gates: readonly Gate[];
  readonly ladders: Readonly<Record<string, Ladder>>;
  /** Those that apply to the pipeline; absent: none, as in sets of before there were any. */
  readonly approvals?: Readonly<Record<string, Approval>>;
  /** Those that apply to the pipeline, by id; absent where there are none. */
  readonly decisions?: readonly Decision[];
}

export interface PlaybookSet {
  /** Version of the playbook language. */
  readonly language: 1;
  /** By pipeline id. */
  readonly rules: Readonly<Record<string, Rules>>;
  readonly calendars: Readonly<Record<string, Calendar>>;
  readonly roles: Roles;
  readonly mappings: Readonly<Record<string, Mapping>>;
  /** By id, in no hash of rules: what watches is always the current one. Absent where there are none. */
  readonly diagnoses?: Readonly<Record<string, Diagnosis>>;
  /** Those that watch people. Absent where there are none. */
  readonly rep_diagnoses?: Readonly<Record<string, RepDiagnosis>>;
  /** By id: a session carries the flow it began with. Absent where there are none. */
  readonly coaching?: Readonly<Record<string, Coaching>>;
  /** By id; what their breaches are found by is among those that watch people. Absent where there are none. */
  readonly scorecards?: Readonly<Record<string, Scorecard>>;
  /** By id: a duty that is open carries the rule it was opened by. Absent where there are none. */
  readonly rhythms?: Readonly<Record<string, Rhythm>>;
  /** By id, in no hash of rules: whose a customer is now. Absent where there are none. */
  readonly territories?: Readonly<Record<string, Territory>>;
  /** By id, in no hash of rules: always the current ones. Absent in sets from before there were any. */
  readonly knowledge?: Readonly<Record<string, Note>>;
}

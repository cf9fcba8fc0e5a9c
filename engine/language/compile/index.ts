/** What a folder of playbooks declares, by kind and id; files that cannot be read are declared all the same, so that names lead to them. */

import type { Place } from '../diagnostics/diagnostic.ts';
import type { ApprovalSource } from '../kinds/approval.ts';
import type { CalendarSource } from '../kinds/calendar.ts';
import type { CoachingSource } from '../kinds/coaching.ts';
import type { DecisionSource } from '../kinds/decision.ts';
import type { DiagnosisSource } from '../kinds/diagnosis.ts';
import type { GateSource } from '../kinds/gate.ts';
import type { KnowledgeSource } from '../kinds/knowledge.ts';
import type { LadderSource } from '../kinds/ladder.ts';
import type { MappingSource } from '../kinds/mapping.ts';
import type { PipelineSource } from '../kinds/pipeline.ts';
import type { RhythmSource } from '../kinds/rhythm.ts';
import type { RolesSource } from '../kinds/roles.ts';
import type { ScenariosSource } from '../kinds/scenarios.ts';
import type { ScorecardSource } from '../kinds/scorecard.ts';
import type { TerritorySource } from '../kinds/territory.ts';

export interface Declared<S> {
  readonly id: string;
  readonly file: string;
  /** The id, where it is declared. */
  readonly place: Place;
  /** Absent when the file has errors of syntax or shape: what names it is not looked into. */
  readonly source?: S;
}

export interface Index {
  readonly pipeline: ReadonlyMap<string, Declared<PipelineSource>>;
  readonly gate: ReadonlyMap<string, Declared<GateSource>>;
  readonly approval: ReadonlyMap<string, Declared<ApprovalSource>>;
  readonly ladder: ReadonlyMap<string, Declared<LadderSource>>;
  readonly decision: ReadonlyMap<string, Declared<DecisionSource>>;
  /** Those that watch cases, and those that cannot be read. */
  readonly diagnosis: ReadonlyMap<string, Declared<DiagnosisSource>>;
  readonly rep_diagnosis: ReadonlyMap<string, Declared<DiagnosisSource>>;
  readonly coaching: ReadonlyMap<string, Declared<CoachingSource>>;
  readonly rhythm: ReadonlyMap<string, Declared<RhythmSource>>;
  readonly scorecard: ReadonlyMap<string, Declared<ScorecardSource>>;
  readonly calendar: ReadonlyMap<string, Declared<CalendarSource>>;
  readonly roles: ReadonlyMap<string, Declared<RolesSource>>;
  readonly mapping: ReadonlyMap<string, Declared<MappingSource>>;
  readonly knowledge: ReadonlyMap<string, Declared<KnowledgeSource>>;
  readonly territory: ReadonlyMap<string, Declared<TerritorySource>>;
  readonly scenarios: ReadonlyMap<string, Declared<ScenariosSource>>;
  /** Ids that files have by their names which could not even be read: what they declare is not known. */
  readonly unread: ReadonlySet<string>;
}

/** Whether a name leads somewhere, as far as can be known. */
export function isDeclared(
  kind: 'pipeline' | 'gate' | 'ladder' | 'decision' | 'calendar',
  name: string,
  index: Index,
): boolean {
  return index[kind].has(name) || index.unread.has(name);
}

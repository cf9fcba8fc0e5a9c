/** Looks at the playbooks as a whole, once every name leads somewhere and every value has its type. */

import type { Approval } from '../../playbook/approval.ts';
import type { Calendar } from '../../playbook/calendar.ts';
import type { Decision } from '../../playbook/decision.ts';
import type { Diagnosis, RepDiagnosis } from '../../playbook/diagnosis.ts';
import type { Gate } from '../../playbook/gate.ts';
import type { Ladder } from '../../playbook/ladder.ts';
import type { Pipeline } from '../../playbook/pipeline.ts';
import type { Roles } from '../../playbook/roles.ts';
import type { Territory } from '../../playbook/territory.ts';
import type { Pair } from '../compile/compile-all.ts';
import type { Index } from '../compile/index.ts';
import { sourcesOf } from '../compile/index-of.ts';
import type { CaseScope } from '../compile/scope.ts';
import type { Collected } from '../diagnostics/report.ts';
import type { ApprovalSource } from '../kinds/approval.ts';
import type { CalendarSource } from '../kinds/calendar.ts';
import type { DecisionSource } from '../kinds/decision.ts';
import type { DiagnosisSource } from '../kinds/diagnosis.ts';
import type { LadderSource } from '../kinds/ladder.ts';
import type { PipelineSource } from '../kinds/pipeline.ts';
import type { RolesSource } from '../kinds/roles.ts';
import { checkApproval } from './approval.ts';
import { checkAuthority } from './authority.ts';
import { checkCalendar } from './calendar.ts';
import { checkDecision } from './decision.ts';
import { checkDiagnosis, checkFindingIds } from './diagnosis.ts';
import { checkInboxes } from './inbox.ts';
import { checkLadder } from './ladder.ts';
import { checkIds, checkPipeline } from './pipeline.ts';
import { checkRoles } from './roles.ts';
import { checkStarts } from './starts.ts';
import { checkTerritory } from './territory.ts';
import { checkUsage } from './usage.ts';
import { checkWaivers } from './waiver.ts';

export interface Whole {
  readonly index: Index;
  readonly cases: ReadonlyMap<string, CaseScope>;
  readonly pipelines: readonly Pair<PipelineSource, Pipeline>[];
  readonly gates: readonly Gate[];
  readonly ladders: readonly Pair<LadderSource, Ladder>[];
  readonly approvals: readonly Pair<ApprovalSource, Approval>[];
  readonly decisions: readonly Pair<DecisionSource, Decision>[];
  readonly diagnoses: readonly Pair<DiagnosisSource, Diagnosis>[];
  readonly watchingPeople: readonly Pair<DiagnosisSource, RepDiagnosis>[];
  readonly territories: readonly Territory[];
  readonly calendars: readonly Pair<CalendarSource, Calendar>[];
  readonly roles: Pair<RolesSource, Roles> | undefined;
}

export function checkLogic(whole: Whole, collected: Pick<Collected, 'report' | 'has'>): void {
  const { index, cases, pipelines, gates, ladders, approvals, decisions, calendars, roles } = whole;
  const { report } = collected;
  for (const { compiled } of pipelines) {
    const scope = cases.get(compiled.pipeline);
    if (!scope) continue;
    checkIds(scope, report);
    checkPipeline(compiled, gates, scope, index, report);
    const isHere = ({ applies_to }: { readonly applies_to: readonly string[] }) =>
      applies_to.includes(compiled.pipeline);
    const made = decisions.map((one) => one.compiled).filter(isHere);
    checkWaivers(compiled, gates.filter(isHere), made, report);
  }
  for (const { source, compiled } of ladders) checkLadder(source, compiled.pauses_while, report);
  for (const { source, compiled } of approvals) checkApproval(source, compiled, report);
  const factsIn = (names: readonly string[]) =>
    pipelines.find(({ compiled }) => names.includes(compiled.pipeline))?.compiled.facts;
  for (const { source, compiled } of decisions) {
    checkDecision(source, compiled, factsIn(compiled.applies_to), report);
  }
  checkFindingIds(
    [...whole.diagnoses, ...whole.watchingPeople].map(({ source }) => source),
    sourcesOf(index.scorecard),
    report,
  );
  for (const one of whole.diagnoses) checkDiagnosis(one, factsIn(one.compiled.applies_to), report);
  for (const one of whole.watchingPeople) checkDiagnosis(one, undefined, report);
  for (const one of whole.territories) checkTerritory(one, factsIn(one.applies_to), report);
  for (const { source, compiled } of calendars) checkCalendar(source, compiled, report);
  if (roles) {
    checkRoles(roles.source, report);
    checkInboxes(roles, report);
    checkAuthority(
      roles,
      pipelines.map(({ compiled }) => compiled),
      report,
    );
  }
  checkStarts(index, cases, report);
  checkUsage(index, cases, collected);
}

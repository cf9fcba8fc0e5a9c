/** What a diagnosis says as a whole: findings told apart, each one that can come about, rungs in the order of time. */

import type { Diagnosis, RepDiagnosis } from '../../playbook/diagnosis.ts';
import type { Fact } from '../../playbook/value.ts';
import type { Pair } from '../compile/compile-all.ts';
import type { Report } from '../diagnostics/report.ts';
import type { DiagnosisSource } from '../kinds/diagnosis.ts';
import type { ScorecardSource } from '../kinds/scorecard.ts';
import { reportContradictions } from './contradiction.ts';
import { checkRungOrder } from './rung-order.ts';
import { checkUnique } from './unique-ids.ts';

/** A finding is answered by its id alone: it stands for one thing in the whole set. Reported in the stage of names. */
export function checkFindingIds(
  sources: readonly DiagnosisSource[],
  scorecards: readonly ScorecardSource[],
  report: Report,
): void {
  const breaches = scorecards.flatMap(({ measures }) => measures.flatMap(({ breach }) => breach?.finding ?? []));
  const ids = [...sources.flatMap(({ findings }) => findings.map((one) => one.finding)), ...breaches];
  checkUnique({ zh: '发现', en: 'finding' }, ids, report);
}

/** @param facts of a pipeline it watches; absent: none can be read, or people are watched, whose facts have no limits */
export function checkDiagnosis(
  { source, compiled }: Pair<DiagnosisSource, Diagnosis | RepDiagnosis>,
  facts: Readonly<Record<string, Fact>> | undefined,
  report: Report,
): void {
  for (const { when } of compiled.findings) reportContradictions([when], facts ?? {}, report);
  for (const { rungs } of source.findings) checkRungOrder(rungs ?? [], report);
}

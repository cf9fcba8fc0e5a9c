/** Compiles scorecards: levels in the units of their measures, breaches into what watches people. */

import { MEASURES, type MeasureId, measureOf } from '../../measure/catalogue.ts';
import { isZeroWhenNone } from '../../measure/measure.ts';
import { factNameOf, REP_FACTS } from '../../measure/rep-facts.ts';
import type { Condition } from '../../playbook/condition.ts';
import type { RepDiagnosis, RepFindingRule } from '../../playbook/diagnosis.ts';
import type { Scorecard, ScorecardRow } from '../../playbook/scorecard.ts';
import type { Value } from '../../playbook/value.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { ScorecardRowSource, ScorecardSource } from '../kinds/scorecard.ts';
import { checkRungOrder } from '../logic/rung-order.ts';
import { checkUnique } from '../logic/unique-ids.ts';
import type { Node } from '../syntax/node.ts';
import type { Index } from './index.ts';
import { compileRepFinding } from './rep-diagnosis.ts';
import { judgedHash } from './rules.ts';
import type { Scope } from './scope.ts';
import { readTyped } from './value.ts';
import { checkPosts } from './who.ts';

export interface CompiledScorecard {
  readonly scorecard: Scorecard;
  /** What its breaches are found by; absent: nothing begins. */
  readonly breaches?: RepDiagnosis;
}

/** @param scope no cases: people are held to it */
export function compileScorecard(
  source: ScorecardSource,
  index: Index,
  scope: Scope,
  sha256: (text: string) => string,
): CompiledScorecard {
  checkUnique(
    { zh: '指标', en: 'measure' },
    source.measures.map((one) => one.measure),
    scope.report,
  );
  const rows = source.measures.flatMap((one) => compileRow(one, index, scope) ?? []);
  const findings = rows.flatMap(({ rule }) => rule ?? []);
  const { value: id } = source.scorecard;
  const applies_to = checkPosts(source.applies_to, scope);
  const common = { title: source.title, ...(source.why ? { why: source.why } : {}), applies_to, at: source.place.at };
  const scorecard: Scorecard = { scorecard: id, ...common, measures: rows.map(({ row }) => row) };
  if (findings.length === 0) return { scorecard };
  const hash = judgedHash(findings, sha256);
  return { scorecard, breaches: { diagnosis: `scorecard-${id}`, hash, of: 'rep', findings, ...common } };
}

interface Row {
  readonly row: ScorecardRow;
  readonly rule?: RepFindingRule;
}

function compileRow(source: ScorecardRowSource, index: Index, scope: Scope): Row | undefined {
  const { value: written, place } = source.measure;
  const measure = MEASURES.find((one) => one.measure === written)?.measure;
  if (measure === undefined) {
    const known = MEASURES.map((one) => one.measure);
    scope.report('unknown-measure', place, { written }, { hint: didYouMean(written, known) });
    return undefined;
  }
  const target = levelOf(measure, source.target, source, scope);
  const threshold = source.threshold && levelOf(measure, source.threshold, source, scope);
  const { breach } = source;
  if (breach && !source.threshold) scope.report('breach-without-threshold', breach.place);
  if (target === undefined || (source.threshold && threshold === undefined)) return undefined;
  if (threshold !== undefined && isWorse(measure, target, threshold))
    scope.report('target-reversed', source.target.place);
  checkRungOrder(breach?.rungs ?? [], scope.report);
  const cases = source.cases?.value ?? 1;
  const at = source.place.at;
  const when = threshold === undefined ? undefined : breaching(measure, threshold, { cases, at });
  const rule = breach && compileRepFinding(breach, when, index, { ...scope, given: REP_FACTS });
  const row = {
    measure,
    target,
    ...(threshold !== undefined ? { threshold } : {}),
    cases,
    ...(breach ? { finding: breach.finding.value } : {}),
    at,
  };
  return { row, ...(rule ? { rule } : {}) };
}

function levelOf(measure: MeasureId, node: Node, { keyPlaces }: ScorecardRowSource, scope: Scope): Value | undefined {
  const type = REP_FACTS[factNameOf(measure)]?.type ?? 'number';
  const place = keyPlaces.target ?? node.place;
  return readTyped(measure, { type: { value: type, place } }, node, scope.report);
}

function isWorse(measure: MeasureId, target: Value, threshold: Value): boolean {
  const plain = (value: Value): number | undefined =>
    typeof value === 'number' ? value : typeof value === 'object' && 'minor' in value ? value.minor : undefined;
  const [one, other] = [plain(target), plain(threshold)];
  if (one === undefined || other === undefined) return false;
  return measureOf(measure).better === 'higher' ? one < other : one > other;
}

/** Of what is counted, none is a figure as well; of the rest so many cases must be there. */
function breaching(measure: MeasureId, threshold: Value, { cases, at }: Pick<ScorecardRow, 'cases' | 'at'>): Condition {
  const fact = factNameOf(measure);
  const operator = measureOf(measure).better === 'higher' ? 'less_than' : 'more_than';
  const worse: Condition = { kind: 'fact', fact, operator, operand: { kind: 'value', value: threshold }, at };
  if (isZeroWhenNone(measureOf(measure))) return worse;
  const enough: Condition = {
    kind: 'fact',
    fact: `${fact}_n`,
    operator: 'at_least',
    operand: { kind: 'value', value: cases },
    at,
  };
  return { kind: 'all', of: [worse, enough], at };
}

/** Compiles diagnoses: every finding led to who answers it and to what it starts. */

import type { Action } from '../../playbook/action.ts';
import type { Condition } from '../../playbook/condition.ts';
import type { Diagnosis, FindingQuestion, FindingRule } from '../../playbook/diagnosis.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { ActionSource } from '../kinds/action.ts';
import type { BreachSource, DiagnosisSource, FindingSource } from '../kinds/diagnosis.ts';
import { compileAction } from './action.ts';
import { compileCondition } from './condition.ts';
import { type Index, isDeclared } from './index.ts';
import { judgedHash } from './rules.ts';
import type { Scope } from './scope.ts';
import { compileWaitingRung } from './waiting-rung.ts';
import { compileWho } from './who.ts';

/** @param scope the cases of every pipeline it watches */
export function compileDiagnosis(
  source: DiagnosisSource,
  index: Index,
  scope: Scope,
  sha256: (text: string) => string,
): Diagnosis {
  for (const { value, place } of source.applies_to) {
    if (isDeclared('pipeline', value, index)) continue;
    scope.report('unknown-pipeline', place, { written: value }, { hint: didYouMean(value, index.pipeline.keys()) });
  }
  const findings = source.findings.flatMap((one) => compileFinding(one, scope) ?? []);
  return {
    diagnosis: source.diagnosis.value,
    hash: judgedHash(findings, sha256),
    title: source.title,
    ...(source.why ? { why: source.why } : {}),
    of: 'case',
    applies_to: source.applies_to.map((one) => one.value),
    findings,
    at: source.place.at,
  };
}

function compileFinding(source: FindingSource, scope: Scope): FindingRule | undefined {
  const question = compileQuestion(source, compileCondition(source.when, scope), scope);
  const atOnce = compileActions(source.do, scope);
  const later = compileActions(source.on_respond, scope);
  if (source.proposes) scope.report('finding-key-unfit', source.proposes.place, { key: 'proposes', wanted: PEOPLE });
  return question && { ...question, do: atOnce, on_respond: later };
}

const PEOPLE = { zh: '人员', en: 'people' };

/** What a finding says and asks; nothing when a part of it was reported. */
export function compileQuestion(
  source: BreachSource,
  when: Condition | undefined,
  scope: Scope,
): FindingQuestion | undefined {
  const owner = compileWho(source.owner, scope);
  const rungs = (source.rungs ?? []).map((one) => compileWaitingRung(one, scope));
  if (!when || !owner) return undefined;
  return {
    finding: source.finding.value,
    class: source.class.value,
    title: source.title,
    when,
    causes: source.causes,
    prescription: source.prescription,
    owner,
    ...(source.respond_within ? { respond_within: source.respond_within.value } : {}),
    rungs,
    ...(source.again_after ? { again_after: source.again_after.value } : {}),
    at: source.place.at,
  };
}

function compileActions(sources: readonly ActionSource[] = [], scope: Scope): readonly Action[] {
  return sources.flatMap((one): Action[] => {
    // An open finding is itself what is shown.
    if (one.kind === 'flag') scope.report('outcome-action-unfit', one.body.place, { action: 'flag' });
    const action = compileAction(one, scope);
    return action ? [action] : [];
  });
}

/** Compiles diagnoses of people: their measures looked at, and the flow that a finding proposes held to what it asks. */

import { REP_FACTS } from '../../measure/rep-facts.ts';
import type { Condition } from '../../playbook/condition.ts';
import type { Proposed, RepDiagnosis, RepFindingRule } from '../../playbook/diagnosis.ts';
import type { ValueType } from '../../playbook/value.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { BreachSource, DiagnosisSource, FindingSource } from '../kinds/diagnosis.ts';
import type { FieldSource } from '../kinds/form.ts';
import { text } from '../kinds/text.ts';
import { factsOfCondition } from '../logic/leaves.ts';
import { duration, isMissing } from '../shape/scalar.ts';
import { type Node, valueAt } from '../syntax/node.ts';
import { compileCondition, factNamed } from './condition.ts';
import { compileQuestion } from './diagnosis.ts';
import type { Index } from './index.ts';
import { judgedHash } from './rules.ts';
import type { Scope } from './scope.ts';
import { readTyped, TYPE_NAMES } from './value.ts';
import { checkPosts } from './who.ts';

/** @param scope no cases: people are watched */
export function compileRepDiagnosis(
  source: DiagnosisSource,
  index: Index,
  scope: Scope,
  sha256: (text: string) => string,
): RepDiagnosis {
  const inIt: Scope = { ...scope, given: REP_FACTS };
  const findings = source.findings.flatMap((one) => compileFinding(one, index, inIt) ?? []);
  return {
    diagnosis: source.diagnosis.value,
    hash: judgedHash(findings, sha256),
    title: source.title,
    ...(source.why ? { why: source.why } : {}),
    of: 'rep',
    applies_to: checkPosts(source.applies_to, scope),
    findings,
    at: source.place.at,
  };
}

function compileFinding(source: FindingSource, index: Index, scope: Scope): RepFindingRule | undefined {
  for (const key of ['do', 'on_respond'] as const) {
    const place = source.keyPlaces[key];
    if (place) scope.report('finding-key-unfit', place, { key, wanted: { zh: '案件', en: 'cases' } });
  }
  return compileRepFinding(source, compileCondition(source.when, scope), index, scope);
}

/** What a finding about people says, asks and proposes; nothing when a part of it was reported. */
export function compileRepFinding(
  source: BreachSource,
  when: Condition | undefined,
  index: Index,
  scope: Scope,
): RepFindingRule | undefined {
  const question = compileQuestion(source, when, scope);
  const proposes = source.proposes && compileProposal(source.proposes, index, scope);
  if (!question) return undefined;
  const named = [...new Set(factsOfCondition(question.when))];
  const measures = [...new Set(named.flatMap((fact) => REP_FACTS[fact]?.measure ?? []))];
  return { ...question, ...(proposes ? { proposes } : {}), measures };
}

function compileProposal(
  source: NonNullable<BreachSource['proposes']>,
  index: Index,
  scope: Scope,
): RepFindingRule['proposes'] {
  const { value: coaching, place } = source.coaching;
  const flow = index.coaching.get(coaching);
  if (!flow && !index.unread.has(coaching)) {
    scope.report(
      'unknown-coaching',
      place,
      { written: coaching },
      { hint: didYouMean(coaching, index.coaching.keys()) },
    );
  }
  const fields = flow?.source?.steps.flatMap(({ fields: own = [] }) => own);
  const filled: Record<string, Proposed> = {};
  for (const { key, value } of fields === undefined ? [] : (source.with ?? [])) {
    const field = fields?.find((one) => one.key.value === key.value)?.value;
    if (!field) {
      const names = fields?.map((one) => one.key.value) ?? [];
      scope.report('unknown-field', key.place, { written: key.value }, { hint: didYouMean(key.value, names) });
      continue;
    }
    const proposed = compileProposed(key.value, field, value, scope);
    if (proposed) filled[key.value] = proposed;
  }
  return { coaching, with: filled };
}

/** Measures are shown to people as numbers: a percent or an amount fits a field that asks for one. */
const FITS: Partial<Record<ValueType, readonly ValueType[]>> = { number: ['number', 'percent', 'money'] };

function compileProposed(name: string, field: FieldSource, node: Node, scope: Scope): Proposed | undefined {
  const type = field.type.value;
  const fact = node.kind === 'map' ? valueAt(node, 'fact') : undefined;
  if (fact?.kind === 'scalar' && !isMissing(fact)) {
    const given = factNamed(fact.text, fact.place, scope)?.type.value;
    if (given === undefined) return undefined;
    if ((FITS[type] ?? [type]).includes(given)) return { kind: 'fact', fact: fact.text };
    const found = { name: fact.text, type: TYPE_NAMES[given], expected: TYPE_NAMES[type] };
    scope.report('wrong-fact-type', fact.place, found);
    return undefined;
  }
  if (type === 'text') {
    const words = text.read(node, scope.report);
    return words && { kind: 'text', text: words };
  }
  if (type === 'date') {
    const after = duration().read(node, scope.report);
    return after && { kind: 'days', after: after.value };
  }
  const value = readTyped(name, field, node, scope.report);
  return value === undefined ? undefined : { kind: 'value', value };
}

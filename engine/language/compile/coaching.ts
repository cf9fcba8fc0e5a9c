/** Compiles coaching flows: every field a result names led to the step that asks for it. */

import { MEASURES } from '../../measure/catalogue.ts';
import { type Coaching, type CoachingResult, type CoachingStep, GIVEN_ANSWERS } from '../../playbook/coaching.ts';
import type { ValueType } from '../../playbook/value.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { CoachingLeavesSource, CoachingSource, CoachingStepSource } from '../kinds/coaching.ts';
import type { FieldSource, FieldsSource } from '../kinds/form.ts';
import { checkRungOrder } from '../logic/rung-order.ts';
import type { Token } from '../shape/shape.ts';
import { compileCondition } from './condition.ts';
import { compileFields } from './form.ts';
import { type Index, isDeclared } from './index.ts';
import { judgedHash } from './rules.ts';
import type { Scope } from './scope.ts';
import { compileWaitingRung } from './waiting-rung.ts';

/** @param scope no cases: a flow is about a person */
export function compileCoaching(
  source: CoachingSource,
  index: Index,
  scope: Scope,
  sha256: (text: string) => string,
): Coaching {
  const { value: calendar, place } = source.calendar;
  if (!isDeclared('calendar', calendar, index)) {
    scope.report(
      'unknown-calendar',
      place,
      { written: calendar },
      { hint: didYouMean(calendar, index.calendar.keys()) },
    );
  }
  checkTwice(source, scope);
  const steps = source.steps.map((one, at) => compileStep(one, source.steps.slice(0, at), scope));
  const leaves = source.leaves && compileResult(source.leaves, source, index, scope);
  const postpone = { times: source.postpone.times.value, at_most: source.postpone.at_most.value };
  return {
    coaching: source.coaching.value,
    hash: judgedHash({ steps, postpone, leaves }, sha256),
    title: source.title,
    ...(source.why ? { why: source.why } : {}),
    calendar,
    postpone,
    steps,
    ...(leaves ? { leaves } : {}),
    at: source.place.at,
  };
}

/** Answers are asked about by the names of their fields alone: each has one in the whole flow. */
function checkTwice({ steps }: CoachingSource, { report }: Scope): void {
  const steplike = steps.map(({ step }) => step);
  const fieldlike = steps.flatMap(({ fields = [] }) => fields.map(({ key }) => key));
  for (const [kind, tokens] of [
    [{ zh: '步骤', en: 'step' }, steplike],
    [{ zh: '字段', en: 'field' }, fieldlike],
  ] as const) {
    const met = new Set<string>(kind.en === 'field' ? GIVEN_ANSWERS : []);
    for (const { value, place } of tokens) {
      if (met.has(value)) report('duplicate-id', place, { kind, id: value });
      met.add(value);
    }
  }
}

function compileStep(source: CoachingStepSource, before: readonly CoachingStepSource[], scope: Scope): CoachingStep {
  const answers = [...before, source].flatMap(({ fields = [] }) => fields);
  const inForm: Scope = { ...scope, form: [...answers, ...given(source.place)] };
  const checks = (source.checks ?? []).flatMap(({ when, otherwise, place }) => {
    const compiled = compileCondition(when, inForm);
    return compiled ? [{ when: compiled, otherwise, at: place.at }] : [];
  });
  if (source.points_at) textField(source.points_at, source.fields ?? [], scope);
  const back = source.sent_back_to;
  const known = before.map(({ step }) => step.value);
  if (back && !known.includes(back.value)) {
    scope.report('unknown-step', back.place, { written: back.value }, { hint: didYouMean(back.value, known) });
  }
  if (!back && !source.fields?.length)
    scope.report('step-asks-nothing', source.step.place, { step: source.step.value });
  checkRungOrder(source.rungs ?? [], scope.report);
  const { guidance, good, poor, points_at } = source;
  return {
    step: source.step.value,
    title: source.title,
    by: source.by.value,
    prompt: source.prompt,
    ...(guidance ? { guidance } : {}),
    ...(good ? { good } : {}),
    ...(poor ? { poor } : {}),
    fields: compileFields(source.fields, scope),
    checks,
    ...(points_at ? { points_at: points_at.value } : {}),
    judging_words: (source.judging_words ?? []).map(({ value }) => value),
    ...(back ? { sent_back_to: back.value } : {}),
    within: source.within.value,
    rungs: (source.rungs ?? []).map((one) => compileWaitingRung(one, scope)),
    at: source.place.at,
  };
}

/** What is given to checks, as if it had been asked. */
function given(place: Place): FieldsSource {
  return GIVEN_ANSWERS.map((name) => ({
    key: { value: name, place },
    value: { type: { value: 'yes_no', place }, place, keyPlaces: {} } as unknown as FieldSource,
  }));
}

function textField(name: Token<string>, fields: FieldsSource, scope: Scope): void {
  fieldNamed(name, fields, ['text'], scope);
}

/** The field a name leads to; one that is not there, or of another type, is reported. */
function fieldNamed(
  { value, place }: Token<string>,
  fields: FieldsSource,
  types: readonly ValueType[],
  { report }: Scope,
): FieldSource | undefined {
  const found = fields.find(({ key }) => key.value === value)?.value;
  if (!found) {
    const names = fields.map(({ key }) => key.value);
    report('unknown-field', place, { written: value }, { hint: didYouMean(value, names) });
    return undefined;
  }
  if (!types.includes(found.type.value)) {
    report('field-type-unfit', place, { field: value, wanted: types.join(', '), type: found.type.value });
  }
  return found;
}

function compileResult(
  leaves: CoachingLeavesSource,
  { steps }: CoachingSource,
  index: Index,
  scope: Scope,
): CoachingResult {
  const fields = steps.flatMap(({ fields: own = [] }) => own);
  const { body } = leaves;
  const what = leaves.kind === 'goal' ? leaves.body.goal : leaves.body.agreement;
  fieldNamed(what, fields, ['text'], scope);
  fieldNamed(body.due_on, fields, ['date'], scope);
  // A goal that nobody accepted must not come to be, whatever a playbook says (D28).
  const last = steps.at(-1);
  if (last && !(last.sent_back_to && last.by.value === 'rep')) {
    scope.report('nobody-accepts', last.step.place, { step: last.step.value });
  }
  for (const flow of [body.when_met, body.when_missed]) {
    if (!flow || index.coaching.has(flow.value) || index.unread.has(flow.value)) continue;
    const hint = didYouMean(flow.value, index.coaching.keys());
    scope.report('unknown-coaching', flow.place, { written: flow.value }, { hint });
  }
  const next = {
    ...(body.when_met ? { when_met: body.when_met.value } : {}),
    ...(body.when_missed ? { when_missed: body.when_missed.value } : {}),
  };
  const common = { what: what.value, due_on: body.due_on.value, ...next };
  if (leaves.kind === 'agreement') return { kind: 'agreement', ...common };
  const { measure, realistic, ideal } = leaves.body;
  checkMeasures(fieldNamed(measure, fields, ['choice'], scope), scope);
  fieldNamed(realistic, fields, ['number'], scope);
  if (ideal) fieldNamed(ideal, fields, ['number'], scope);
  const levels = { realistic: realistic.value, ...(ideal ? { ideal: ideal.value } : {}) };
  return { kind: 'goal', ...common, measure: { field: measure.value, ...levels } };
}

/** What a goal may be bound to is computed by Playrail: there is no other distance to tell. */
function checkMeasures(field: FieldSource | undefined, { report }: Scope): void {
  const known: readonly string[] = MEASURES.map(({ measure }) => measure);
  for (const { key } of field?.choices ?? []) {
    if (known.includes(key.value)) continue;
    report('unknown-measure', key.place, { written: key.value }, { hint: didYouMean(key.value, known) });
  }
}

/** Compiles conditions: every name led to its declaration, every operand read by the type of its fact. */

import type { Condition, Leaf, Operand, Operator } from '../../playbook/condition.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import { type ConditionSource, type LeafSource, OPERATORS } from '../kinds/condition.ts';
import { duration as durationShape, isMissing, readYesNo } from '../shape/scalar.ts';
import type { Node } from '../syntax/node.ts';
import { valueAt } from '../syntax/node.ts';
import { compileChildLeaf } from './child-leaf.ts';
import { compileDecisionLeaf } from './decision-leaf.ts';
import { OPERATOR_SLIPS, OPERATORS_OF } from './operator.ts';
import { missingIn, type Scope, useApproval, useEvidence, useFact } from './scope.ts';
import { readTyped, TYPE_NAMES, type TypedSource } from './value.ts';

/** The condition, or nothing when a part of it was reported. */
export function compileCondition(source: ConditionSource, scope: Scope): Condition | undefined {
  if (source.kind === 'not') {
    const of = compileCondition(source.of, scope);
    return of && { kind: 'not', of, at: source.place.at };
  }
  if (source.kind === 'all' || source.kind === 'any') {
    const of = source.of.map((one) => compileCondition(one, scope)).filter((one) => one !== undefined);
    return of.length === source.of.length ? { kind: source.kind, of, at: source.place.at } : undefined;
  }
  if (source.kind === 'fact') return compileFactLeaf(source.body, scope);
  if (source.kind === 'field') return compileFieldLeaf(source.body, scope);
  if (scope.form) {
    scope.report('case-inside-form', source.body.place);
    return undefined;
  }
  if (scope.of === 'person') {
    scope.report('no-case-here', source.body.place, { kind: source.kind });
    return undefined;
  }
  return compileCaseLeaf(source, scope);
}

type CaseLeafSource = Extract<
  LeafSource,
  { kind: 'evidence' | 'milestone' | 'approval' | 'task' | 'activity' | 'decision' | 'child' }
>;

function compileCaseLeaf(source: CaseLeafSource, scope: Scope): Leaf | undefined {
  const at = source.body.place.at;
  if (source.kind === 'decision') return compileDecisionLeaf(source.body, scope);
  if (source.kind === 'task') return { kind: 'task', task: source.body.task.value, at };
  if (source.kind === 'child') return compileChildLeaf(source.body, scope);
  if (source.kind === 'evidence') {
    const { value, place } = source.body.evidence;
    useEvidence(value, scope);
    const lacks = missingIn(scope, (one) => one.evidence.has(value) || one.incomplete);
    if (!lacks) return { kind: 'evidence', evidence: value, at };
    const hint = didYouMean(value, lacks.evidence.keys());
    scope.report('unknown-evidence', place, { written: value, pipeline: lacks.pipeline }, { hint });
    return undefined;
  }
  if (source.kind === 'milestone') {
    const { value, place } = source.body.milestone;
    if (scope.within === 'decision') return unfitHere('milestone', source.body.place, scope);
    const lacks = missingIn(scope, (one) => one.milestones.has(value));
    if (!lacks) return { kind: 'milestone', milestone: value, at };
    const hint = didYouMean(value, lacks.milestones);
    scope.report('unknown-milestone', place, { written: value, pipeline: lacks.pipeline }, { hint });
    return undefined;
  }
  if (source.kind === 'approval') {
    const { value, place } = source.body.approval;
    if (scope.within === 'decision') return unfitHere('approval', source.body.place, scope);
    useApproval(value, scope);
    const lacks = missingIn(scope, (one) => one.approvals.has(value) || one.incomplete);
    if (!lacks) return { kind: 'approval', approval: value, at };
    const hint = didYouMean(value, lacks.approvals);
    scope.report('unknown-approval', place, { written: value, pipeline: lacks.pipeline }, { hint });
    return undefined;
  }
  const { value, place } = source.body.activity;
  const lacks = value === 'any' ? undefined : missingIn(scope, (one) => one.activities.has(value));
  if (!lacks) return { kind: 'activity', activity: value, within: source.body.within.value, at };
  const hint = didYouMean(value, lacks.activities);
  scope.report('unknown-activity', place, { written: value, pipeline: lacks.pipeline }, { hint });
  return undefined;
}

/** Milestones and approvals may rest on the decision in their turn. */
function unfitHere(kind: 'milestone' | 'approval', place: Place, { report }: Scope): undefined {
  report('decision-leaf-unfit', place, { kind });
  return undefined;
}

type FactLeafSource = Extract<LeafSource, { kind: 'fact' }>['body'];
type FieldLeafSource = Extract<LeafSource, { kind: 'field' }>['body'];

function compileFactLeaf(source: FactLeafSource, scope: Scope): Leaf | undefined {
  if (scope.form) {
    scope.report('case-inside-form', source.place);
    return undefined;
  }
  const { value: fact, place } = source.fact;
  const compared = comparison(fact, source, scope.report);
  const typed = factNamed(fact, place, scope);
  if (!compared || !typed) return undefined;
  const operand = compileOperand(fact, typed, compared, scope);
  return operand && { kind: 'fact', fact, operator: compared.operator, operand, at: source.place.at };
}

function compileFieldLeaf(source: FieldLeafSource, scope: Scope): Leaf | undefined {
  const { value: field, place } = source.field;
  if (!scope.form) {
    scope.report('field-outside-form', source.keyPlaces.field ?? place);
    return undefined;
  }
  const compared = comparison(field, source, scope.report);
  const typed = scope.form.find(({ key }) => key.value === field)?.value;
  if (!typed) {
    const names = scope.form.map(({ key }) => key.value);
    scope.report('unknown-field', place, { written: field }, { hint: didYouMean(field, names) });
    return undefined;
  }
  const operand = compared && compileOperand(field, typed, compared, scope);
  return operand && { kind: 'field', field, operator: compared.operator, operand, at: source.place.at };
}

/** The fact's type, the same in every case it is looked for in; a name that leads nowhere is reported. */
export function factNamed(name: string, place: Place, scope: Scope): TypedSource | undefined {
  const given = scope.given !== undefined && Object.hasOwn(scope.given, name) ? scope.given[name] : undefined;
  if (given) return { type: { value: given.type, place } };
  if (scope.of === 'person') {
    scope.report(
      'unknown-rep-fact',
      place,
      { written: name },
      { hint: didYouMean(name, Object.keys(scope.given ?? {})) },
    );
    return undefined;
  }
  useFact(name, scope);
  const lacks = missingIn(scope, (one) => one.facts.has(name));
  if (lacks) {
    const hint = didYouMean(name, lacks.facts.keys());
    scope.report('unknown-fact', place, { written: name, pipeline: lacks.pipeline }, { hint });
    return undefined;
  }
  const [first, ...others] = scope.cases;
  const typed = first?.facts.get(name);
  const other = others.find((one) => one.facts.get(name)?.type.value !== typed?.type.value);
  if (first && other) {
    scope.report('fact-type-differs', place, { name, first: first.pipeline, second: other.pipeline });
    return undefined;
  }
  return typed;
}

interface Comparison {
  readonly operator: Operator;
  readonly place: Place;
  readonly operand: Node;
}

/** The one operator a leaf has. */
function comparison(name: string, source: FactLeafSource | FieldLeafSource, report: Report): Comparison | undefined {
  const places: Partial<Record<Operator, Place>> = source.keyPlaces;
  const [first, second] = OPERATORS.filter((operator) => places[operator]).sort(
    (a, b) => order(places[a]) - order(places[b]),
  );
  if (first === undefined) {
    report('operator-missing', source.place, { fact: name });
    return undefined;
  }
  if (second !== undefined) {
    report('second-operator', places[second] ?? source.place, { operator: second });
    return undefined;
  }
  const operand = source[first];
  return operand && { operator: first, place: places[first] ?? source.place, operand };
}

function order(place: Place | undefined): number {
  return place ? place.at.line * 10_000 + place.at.col : 0;
}

function compileOperand(name: string, typed: TypedSource, compared: Comparison, scope: Scope): Operand | undefined {
  const { operator, operand, place } = compared;
  const { report } = scope;
  const type = typed.type.value;
  const fitting = OPERATORS_OF[type];
  if (!fitting.includes(operator)) {
    const slip = OPERATOR_SLIPS[type]?.[operator];
    const hint = slip && { zh: `请用 \`${slip}\``, en: `use \`${slip}\`` };
    report('wrong-operator', place, { operator, name, type: TYPE_NAMES[type], fitting: fitting.join(', ') }, { hint });
    return undefined;
  }
  if (operator === 'is_known') {
    const value = operand.kind === 'scalar' ? readYesNo(operand.text) : undefined;
    if (value === undefined) reportOperand(name, operand, { zh: '`yes` 或 `no`', en: '`yes` or `no`' }, report);
    return value === undefined ? undefined : { kind: 'value', value };
  }
  if (operator === 'within' || operator === 'ago') {
    const read = durationShape().read(operand, report);
    return read && { kind: 'duration', duration: read.value };
  }
  if (operator === 'in' || operator === 'not_in') return compileList(name, typed, operand, report);
  if (operand.kind === 'map') return compileOtherFact(name, typed, operand, scope);
  const value = readTyped(name, typed, operand, report);
  return value === undefined ? undefined : { kind: 'value', value };
}

function compileList(name: string, typed: TypedSource, operand: Node, report: Report): Operand | undefined {
  if (operand.kind !== 'list' || operand.items.length === 0) {
    reportOperand(name, operand, { zh: '至少有一项的列表', en: 'a list of at least one value' }, report);
    return undefined;
  }
  const values = operand.items.map((item) => readTyped(name, typed, item, report)).filter((one) => one !== undefined);
  return values.length === operand.items.length ? { kind: 'value', value: values } : undefined;
}

/** `{ fact: other }`: a fact that can be compared with this one. */
function compileOtherFact(
  name: string,
  typed: TypedSource,
  operand: Node & { kind: 'map' },
  scope: Scope,
): Operand | undefined {
  const node = valueAt(operand, 'fact');
  const [extra] = operand.entries.filter((entry) => entry.key.text !== 'fact');
  if (node?.kind !== 'scalar' || isMissing(node) || extra) {
    reportOperand(name, operand, { zh: '值或 `{ fact: … }`', en: 'a value or `{ fact: … }`' }, scope.report);
    return undefined;
  }
  const other = factNamed(node.text, node.place, scope);
  if (!other) return undefined;
  if (!comparable(typed, other)) {
    const type = TYPE_NAMES[typed.type.value];
    const expected = { zh: `${type.zh}类型的事实`, en: `a fact of type ${type.en}` };
    scope.report('wrong-operand', node.place, { name, written: node.text, expected });
    return undefined;
  }
  return { kind: 'fact', fact: node.text };
}

/** A list of choices contains a choice; percentages are numbers; otherwise like with like. */
function comparable(a: TypedSource, b: TypedSource): boolean {
  const [left, right] = [a.type.value, b.type.value];
  const numeric = (type: string) => type === 'number' || type === 'percent';
  return left === right || (numeric(left) && numeric(right)) || (left === 'choices' && right === 'choice');
}

function reportOperand(name: string, operand: Node, expected: { zh: string; en: string }, report: Report): void {
  const written = operand.kind === 'scalar' ? operand.text : operand.kind === 'list' ? '[ … ]' : '{ … }';
  report('wrong-operand', operand.place, { name, written, expected });
}

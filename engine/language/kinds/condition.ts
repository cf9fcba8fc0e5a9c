/** The small language of conditions: `all`, `any`, `not` over leaves. */

import type { Place } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import { list, wordOr } from '../shape/collection.ts';
import { type Key, optional, record, required, variants } from '../shape/record.ts';
import { anything, duration, isMissing, oneOf, reference, wrongType } from '../shape/scalar.ts';
import { type JsonSchema, lazy, type Read, type Shape } from '../shape/shape.ts';
import type { Node } from '../syntax/node.ts';
import { isLongForm, shortForm } from './long-form.ts';

export const OPERATORS = [
  'is',
  'is_not',
  'at_least',
  'more_than',
  'at_most',
  'less_than',
  'before',
  'after',
  'in',
  'not_in',
  'contains',
  'is_known',
  'within',
  'ago',
] as const;

const operand = anything('值，或 { fact: … }', 'a value, or { fact: … }');
const listOperand = anything('值的列表', 'a list of values', { type: 'array' });

const knownOperand = anything('yes 或 no', 'yes or no', { enum: [true, false, 'yes', 'no'] });
const spanOperand = anything('时长', 'a duration', { type: 'string' });

/** The operand's type follows the fact's, so it is read when the fact is known. */
const operators: { readonly [P in (typeof OPERATORS)[number]]: Key<Node, false> } = {
  is: optional(operand, '等于', 'equals'),
  is_not: optional(operand, '不等于', 'differs from'),
  at_least: optional(operand, '不小于', 'is this or more'),
  more_than: optional(operand, '大于', 'is more than this'),
  at_most: optional(operand, '不大于', 'is this or less'),
  less_than: optional(operand, '小于', 'is less than this'),
  before: optional(operand, '早于该日期', 'is before this date'),
  after: optional(operand, '晚于该日期', 'is after this date'),
  in: optional(listOperand, '是其中之一', 'is one of these'),
  not_in: optional(listOperand, '不是其中任何一个', 'is none of these'),
  contains: optional(operand, '包含', 'contains'),
  is_known: optional(knownOperand, '已填写（yes）或未填写（no）', 'has a value (yes) or none (no)'),
  within: optional(spanOperand, '距今不超过（日期）', 'is a date no further from now than this'),
  ago: optional(spanOperand, '至少在这么久之前（日期）', 'is a date at least this long ago'),
};

const name = { zh: '条件', en: 'a condition' };

const outcome = reference('结果', 'an outcome');
const outcomes = list({ zh: '结果的列表', en: 'a list of outcomes' }, outcome, { min: 1 });

const place = reference('阶段或状态', 'a stage or status');

const leaves = {
  fact: record(
    { zh: '关于事实的条件', en: 'a condition on a fact' },
    { fact: required(reference('事实名', 'a fact'), '事实', 'the fact looked at'), ...operators },
  ),
  field: record(
    { zh: '关于表单字段的条件', en: 'a condition on a field' },
    { field: required(reference('字段名', 'a field of the same form'), '字段', 'the answer looked at'), ...operators },
  ),
  evidence: record(
    { zh: '关于证据的条件', en: 'a condition on evidence' },
    { evidence: required(reference('证据名', 'an evidence'), '已接受且未过期', 'accepted, and fresh') },
  ),
  milestone: record(
    { zh: '关于里程碑的条件', en: 'a condition on a milestone' },
    { milestone: required(reference('里程碑名', 'a milestone'), '已达到', 'reached now') },
  ),
  approval: record(
    { zh: '关于审批的条件', en: 'a condition on an approval' },
    {
      approval: required(
        reference('审批名', 'an approval'),
        '已通过，且所审内容未变',
        'given, and what was reviewed is still the same',
      ),
    },
  ),
  task: record(
    { zh: '关于任务的条件', en: 'a condition on tasks' },
    { task: required(oneOf(['open', 'dated', 'overdue']), '有这样的任务', 'there is such a task') },
  ),
  decision: record(
    { zh: '关于决策的条件', en: 'a condition on a decision' },
    {
      decision: required(
        reference('决策名', 'a decision'),
        '当前的结果；没有当前结果时为未知',
        'its current outcome; unknown while there is none',
      ),
      is: optional(outcome, '结果为', 'it came to this outcome'),
      is_not: optional(outcome, '结果不为', 'it came to another outcome than this'),
      in: optional(outcomes, '结果是其中之一', 'it came to one of these'),
      not_in: optional(outcomes, '结果不是其中任何一个', 'it came to none of these'),
      contains: optional(outcome, '（hit 为 collect）结果中有', 'of a table that collects: this is among its outcomes'),
      fresh_for: optional(
        duration(),
        '回答不早于此',
        'its answers are no older than this, where the decision itself lets them be',
      ),
    },
  ),
  child: record(
    { zh: '关于它所开始的案件的条件', en: 'a condition on cases it started' },
    {
      child: required(reference('流程名', 'a pipeline'), '在此流程中开始的案件', 'cases started in this pipeline'),
      in: required(
        wordOr(place, list({ zh: '阶段或状态的列表', en: 'a list of stages and statuses' }, place, { min: 1 })),
        '在这些阶段或状态（open、won、lost、finished）',
        'stand in one of these stages, or are open, won, lost or finished',
      ),
      which: optional(
        oneOf(['all', 'any']),
        '有多个时：all（缺省）全部，或 any 任一；一个都没有则不成立',
        'of several: all (the default) or any; without a single one it does not hold',
      ),
    },
  ),
  activity: record(
    { zh: '关于活动的条件', en: 'a condition on activities' },
    {
      activity: required(reference('any 或活动种类', 'any, or a kind of activity'), '活动', 'what was logged'),
      within: required(duration(), '最近这段时间内', 'no longer ago than this'),
    },
  ),
};

const leaf = variants(name, leaves);

export type LeafSource = Read<typeof leaf>;
export type ChildLeafSource = Extract<LeafSource, { readonly kind: 'child' }>['body'];

/** The condition as written, names and operands not yet looked at. */
export type ConditionSource =
  | LeafSource
  | { readonly kind: 'all'; readonly of: readonly ConditionSource[]; readonly place: Place }
  | { readonly kind: 'any'; readonly of: readonly ConditionSource[]; readonly place: Place }
  | { readonly kind: 'not'; readonly of: ConditionSource; readonly place: Place };

/** `{ fact, operator, value }`, as json-rules-engine writes a leaf. */
const LONG_FORM: JsonSchema = {
  type: 'object',
  properties: { fact: { type: 'string' }, operator: { type: 'string' }, value: {}, path: { type: 'string' } },
  required: ['fact', 'operator', 'value'],
  additionalProperties: false,
};

export const condition: Shape<ConditionSource> = lazy('condition', name, () => ({
  name,
  schema: (definitions) => {
    const ref = condition.schema(definitions);
    const many = { type: 'array', items: ref, minItems: 1 };
    const one = (key: string, schema: JsonSchema) => ({
      type: 'object',
      properties: { [key]: schema },
      required: [key],
      additionalProperties: false,
    });
    return { anyOf: [one('all', many), one('any', many), one('not', ref), leaf.schema(definitions), LONG_FORM] };
  },
  read: readCondition,
  parts: () => [leaf],
}));

function readCondition(node: Node, report: Report): ConditionSource | undefined {
  if (node.kind !== 'map') return wrongType(node, name, report);
  const chosen = node.entries.find(({ key }) => key.text === 'all' || key.text === 'any' || key.text === 'not');
  if (!chosen) {
    const short = isLongForm(node) ? shortForm(node, report) : node;
    // The short form of a leaf may be a `not`, and never is a long form again.
    return short === node ? leaf.read(node, report) : short && readCondition(short, report);
  }
  const { key, value } = chosen;
  const others = node.entries.filter((entry) => entry !== chosen);
  for (const other of others) report('two-conditions', other.key.place, { key: other.key.text, first: key.text });
  if (key.text === 'not') {
    const of = isMissing(value) ? wrongType(value, name, report) : readCondition(value, report);
    return of && others.length === 0 ? { kind: 'not', of, place: key.place } : undefined;
  }
  const kind = key.text === 'all' ? 'all' : 'any';
  if (value.kind !== 'list') return wrongType(value, { zh: '条件的列表', en: 'a list of conditions' }, report);
  if (value.items.length === 0) {
    report('empty-condition', key.place, { key: kind });
    return undefined;
  }
  const of = value.items.map((item) => readCondition(item, report)).filter((one) => one !== undefined);
  return of.length === value.items.length && others.length === 0 ? { kind, of, place: key.place } : undefined;
}

/** Reads json-rules-engine JSON into the short form that playbooks are written in; names and types are checked after. */

import { moneyText } from '../playbook/money.ts';
import type { Text } from '../playbook/text.ts';
import { type DurationUnit, durationText } from '../time/duration.ts';
import { isDay } from './day-span.ts';
import { IN_FACT, LOGGED_WITHIN, STAND_IN } from './rules-engine.ts';

/** A condition as YAML would give it: `{ all: [ { fact: amount, more_than: 20万 CNY } ] }`. */
export type ShortCondition = { readonly [key: string]: unknown };

export interface RulesEngineProblem {
  /** Keys and indexes from the root of the JSON to what is wrong. */
  readonly path: readonly (string | number)[];
  readonly message: Text;
  readonly hint?: Text;
}

export type FromRulesEngine =
  | { readonly ok: true; readonly condition: ShortCondition }
  | { readonly ok: false; readonly problems: readonly RulesEngineProblem[] };

/** Standard operators, and ours by their own names; `lessThan` and `greaterThan` on a day are `before` and `after`. */
const OPERATORS: Readonly<Record<string, string>> = {
  equal: 'is',
  notEqual: 'is_not',
  greaterThanInclusive: 'at_least',
  greaterThan: 'more_than',
  lessThanInclusive: 'at_most',
  lessThan: 'less_than',
  in: 'in',
  notIn: 'not_in',
  contains: 'contains',
  is: 'is',
  is_not: 'is_not',
  at_least: 'at_least',
  more_than: 'more_than',
  at_most: 'at_most',
  less_than: 'less_than',
  before: 'before',
  after: 'after',
  [IN_FACT]: 'in',
  not_in: 'not_in',
  is_known: 'is_known',
  within: 'within',
  ago: 'ago',
};

const UNITS: ReadonlySet<unknown> = new Set<DurationUnit>([
  'minutes',
  'hours',
  'days',
  'weeks',
  'months',
  'business_hours',
  'business_days',
]);

const LEAF_KEYS = new Set(['fact', 'operator', 'value', 'path']);
const GROUP_KEYS = ['all', 'any', 'not'] as const;
/** Keys and indexes down to the deepest condition taken: some forty levels, far beyond what anybody reads. */
const DEEPEST = 80;
const MONEY_PATH = /^\$\.([A-Z]{3})$/;

/** Whether a map is a leaf of the long form: ours have no key `operator`. */
export function isRulesEngineLeaf(map: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(map, 'operator') && Object.hasOwn(map, 'fact');
}

/** The short form of a whole condition, or everything in it that has none. Total: any JSON may be given. */
export function fromRulesEngine(json: unknown): FromRulesEngine {
  const problems: RulesEngineProblem[] = [];
  const condition = read(json, [], problems);
  return condition !== undefined && problems.length === 0 ? { ok: true, condition } : { ok: false, problems };
}

type Path = RulesEngineProblem['path'];

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function refuse(problems: RulesEngineProblem[], path: Path, zh: string, en: string): undefined {
  problems.push({ path, message: { zh, en } });
}

function read(json: unknown, path: Path, problems: RulesEngineProblem[]): ShortCondition | undefined {
  if (!isRecord(json)) return refuse(problems, path, '应为条件', 'must be a condition');
  if (path.length > DEEPEST) return refuse(problems, path, '嵌套太深', 'is nested too deeply');
  const group = GROUP_KEYS.find((key) => Object.hasOwn(json, key));
  if (group === undefined) return readLeaf(json, path, problems);
  for (const key of Object.keys(json)) {
    if (key !== group) refuse(problems, [...path, key], `\`${key}\` 在这里没有作用`, `\`${key}\` does nothing here`);
  }
  const of = json[group];
  if (group === 'not') {
    const part = read(of, [...path, group], problems);
    return part && { not: part };
  }
  if (!Array.isArray(of)) return refuse(problems, [...path, group], '应为条件列表', 'must be a list of conditions');
  return { [group]: of.map((part, index) => read(part, [...path, group, index], problems)) };
}

function readLeaf(
  json: Readonly<Record<string, unknown>>,
  path: Path,
  problems: RulesEngineProblem[],
): ShortCondition | undefined {
  for (const key of Object.keys(json)) {
    if (!LEAF_KEYS.has(key))
      refuse(problems, [...path, key], `\`${key}\` 在这里没有作用`, `\`${key}\` does nothing here`);
  }
  const { fact, operator, value } = json;
  if (typeof fact !== 'string') return refuse(problems, [...path, 'fact'], '应为事实名', "must be a fact's name");
  if (typeof operator !== 'string') return refuse(problems, [...path, 'operator'], '应为运算符', 'must be an operator');
  const thing = /^(evidence|milestone|task|activity|child|field|decision):(.*)$/s.exec(fact);
  const kind = thing?.[1];
  const id = thing?.[2] ?? '';
  if (kind === undefined || kind === 'field') {
    const subject = kind === undefined ? { fact } : { field: id };
    return valueLeaf(subject, operator, json, path, problems);
  }
  if (kind === 'decision') return decisionLeaf(id, operator, json, path, problems);
  if (Object.hasOwn(json, 'path')) return refuse(problems, [...path, 'path'], '这里没有路径', 'has no path');
  if (kind === 'activity') {
    if (operator !== LOGGED_WITHIN) return unknownOperator(problems, path, operator);
    const within = durationOf(value);
    if (within === undefined) return wrongValue(problems, path);
    return { activity: id, within };
  }
  if (kind === 'child') {
    const which = operator === STAND_IN.all ? 'all' : operator === STAND_IN.any ? 'any' : undefined;
    if (which === undefined) return unknownOperator(problems, path, operator);
    if (!Array.isArray(value) || value.length === 0 || !value.every((one) => typeof one === 'string'))
      return wrongValue(problems, path);
    return { child: id, in: value, which };
  }
  const holds = kind === 'evidence' ? value === 'accepted' : typeof value === 'boolean' ? value : undefined;
  if (holds === undefined || (kind === 'evidence' && !holds)) return wrongValue(problems, path);
  if (operator !== 'equal' && operator !== 'notEqual') return unknownOperator(problems, path, operator);
  return holds === (operator === 'equal') ? { [kind]: id } : { not: { [kind]: id } };
}

/** `decision:id`, or `decision:id@30 days`. */
function decisionLeaf(
  name: string,
  operator: string,
  json: Readonly<Record<string, unknown>>,
  path: Path,
  problems: RulesEngineProblem[],
): ShortCondition | undefined {
  const [decision = '', freshFor] = name.split('@');
  const subject = { decision, ...(freshFor !== undefined && { fresh_for: freshFor }) };
  if (operator === 'is_known') return json['value'] === true ? subject : wrongValue(problems, path);
  return valueLeaf(subject, operator, json, path, problems);
}

function unknownOperator(problems: RulesEngineProblem[], path: Path, operator: string): undefined {
  return refuse(
    problems,
    [...path, 'operator'],
    `运算符 \`${operator}\` 在这里不可用`,
    `has no operator \`${operator}\` here`,
  );
}

function wrongValue(problems: RulesEngineProblem[], path: Path): undefined {
  return refuse(problems, [...path, 'value'], '值与运算符不符', 'has a value that its operator cannot take');
}

function valueLeaf(
  subject: ShortCondition,
  operator: string,
  json: Readonly<Record<string, unknown>>,
  path: Path,
  problems: RulesEngineProblem[],
): ShortCondition | undefined {
  const isNegated = operator === 'doesNotContain';
  const known = isNegated ? 'contains' : Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (known === undefined) return unknownOperator(problems, path, operator);
  const operand = operandOf(known, json, path, problems);
  if (operand === undefined) return undefined;
  const leaf = { ...subject, [nameFor(known, operand)]: operand };
  return isNegated ? { not: leaf } : leaf;
}

/** On days, less and greater are earlier and later. */
function nameFor(operator: string, operand: unknown): string {
  if (typeof operand !== 'string' || !isDay(operand)) return operator;
  return operator === 'less_than' ? 'before' : operator === 'more_than' ? 'after' : operator;
}

function operandOf(
  operator: string,
  json: Readonly<Record<string, unknown>>,
  path: Path,
  problems: RulesEngineProblem[],
): unknown {
  const { value } = json;
  if (value === undefined || value === null) return wrongValue(problems, path);
  if (Object.hasOwn(json, 'path')) return moneyOperand(json['path'], value, path, problems);
  if (operator === 'within' || operator === 'ago') return durationOf(value) ?? wrongValue(problems, path);
  if (!isRecord(value)) return value;
  if (typeof value['fact'] !== 'string' || Object.keys(value).length !== 1) return wrongValue(problems, path);
  return value;
}

/** `$.CNY` with minor units is an amount in that currency. */
function moneyOperand(moneyPath: unknown, value: unknown, path: Path, problems: RulesEngineProblem[]): unknown {
  const currency = typeof moneyPath === 'string' ? MONEY_PATH.exec(moneyPath)?.[1] : undefined;
  if (currency === undefined) {
    return refuse(
      problems,
      [...path, 'path'],
      '路径应为货币，如 `$.CNY`',
      'must be a currency as path, such as `$.CNY`',
    );
  }
  const text = (minor: unknown) =>
    typeof minor === 'number' && Number.isSafeInteger(minor) ? moneyText({ minor, currency }, 'en') : undefined;
  const amounts = Array.isArray(value) ? value.map(text) : text(value);
  const isWhole = Array.isArray(amounts) ? !amounts.includes(undefined) : amounts !== undefined;
  return isWhole ? amounts : wrongValue(problems, path);
}

/** `{ amount: 10, unit: business_days }`, or the text a playbook would have. */
function durationOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return undefined;
  const { amount, unit } = value;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 0 || !isUnit(unit)) return undefined;
  return durationText({ amount, unit }, 'en');
}

function isUnit(unit: unknown): unit is DurationUnit {
  return UNITS.has(unit);
}

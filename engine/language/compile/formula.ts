/** Compiles formulas and says of which type their result is. */

import { parseMoney } from '../../playbook/money.ts';
import type { Text } from '../../playbook/text.ts';
import type { Formula, ValueType } from '../../playbook/value.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { ArithmeticKind, FormulaSource } from '../kinds/formula.ts';
import { readNumber, readPercent } from '../shape/scalar.ts';
import type { ScalarNode } from '../syntax/node.ts';
import { compileCondition, factNamed } from './condition.ts';
import { type Scope, useFact } from './scope.ts';
import { TYPE_NAMES } from './value.ts';

/** `number` stands for percent too: both are plain numbers. */
type Result = 'number' | 'money' | 'date';

interface Compiled {
  readonly formula: Formula;
  readonly result: Result;
}

/** The formula of a derived fact; its result must be of the fact's type. */
export function compileFormula(
  name: string,
  type: ValueType,
  source: FormulaSource,
  scope: Scope,
): Formula | undefined {
  const compiled = compile(source, scope);
  if (!compiled) return undefined;
  const wanted = type === 'percent' ? 'number' : type;
  if (compiled.result !== wanted) {
    scope.report('formula-type', source.place, {
      name,
      found: TYPE_NAMES[compiled.result],
      expected: TYPE_NAMES[type],
    });
    return undefined;
  }
  return compiled.formula;
}

function compile(source: FormulaSource, scope: Scope): Compiled | undefined {
  const at = source.place.at;
  switch (source.kind) {
    case 'word':
      return compileWord(source.word, scope);
    case 'column':
      return compileColumn(source.how, source.word, scope);
    case 'count': {
      const type = factNamed(source.word.text, source.word.place, scope)?.type.value;
      if (!type) return undefined;
      if (type !== 'rows' && type !== 'choices')
        return wrong('count', source.word.place, '应为 rows 类型的事实', 'it needs a fact of type rows', scope);
      return { formula: { kind: 'count', fact: source.word.text, at }, result: 'number' };
    }
    case 'score': {
      const points = source.points.map((one) => ({
        when: compileCondition(one.when, { ...scope, within: 'score' }),
        points: one.points,
      }));
      const complete = points.flatMap(({ when, points }) => (when ? [{ when, points }] : []));
      return complete.length < points.length
        ? undefined
        : { formula: { kind: 'score', points: complete, at }, result: 'number' };
    }
    default: {
      const parts = source.of.map((one) => compile(one, scope)).filter((one) => one !== undefined);
      if (parts.length < source.of.length) return undefined;
      const result = resultOf(source.kind, parts, source.place, scope);
      return result && { formula: { kind: source.kind, of: parts.map((one) => one.formula), at }, result };
    }
  }
}

function compileWord(word: ScalarNode, scope: Scope): Compiled | undefined {
  const at = word.place.at;
  const value = readNumber(word.text) ?? readPercent(word.text);
  if (value !== undefined) return { formula: { kind: 'constant', value, at }, result: 'number' };
  if (/^-?\d/.test(word.text)) {
    const parsed = parseMoney(word.text);
    if (parsed.ok) return { formula: { kind: 'constant', value: parsed.money, at }, result: 'money' };
    scope.report('bad-money', word.place, { message: parsed.message }, { hint: parsed.hint });
    return undefined;
  }
  const type = factNamed(word.text, word.place, scope)?.type.value;
  const result = type && resultOfType(type);
  if (type && !result) {
    return wrong(
      word.text,
      word.place,
      `${TYPE_NAMES[type].zh}类型不能计算`,
      `a fact of type ${TYPE_NAMES[type].en} cannot be computed with`,
      scope,
    );
  }
  return result && { formula: { kind: 'fact', fact: word.text, at }, result };
}

function resultOfType(type: ValueType): Result | undefined {
  if (type === 'number' || type === 'percent') return 'number';
  return type === 'money' || type === 'date' ? type : undefined;
}

/** `payments.amount`: a column of a fact of type rows. */
function compileColumn(how: ArithmeticKind, word: ScalarNode, scope: Scope): Compiled | undefined {
  const [name = '', column = ''] = word.text.split('.');
  const place = word.place;
  const typed = factNamed(name, place, scope);
  if (!typed) return undefined;
  const fields = scope.cases[0]?.facts.get(name)?.fields;
  if (typed.type.value !== 'rows' || !fields)
    return wrong(how, place, '应为 `rows 事实.列`', 'it needs a list, or a column of a fact of type rows', scope);
  useFact(name, scope);
  const field = fields.find(({ key }) => key.value === column)?.value;
  if (!field) {
    const hint = didYouMean(
      column,
      fields.map(({ key }) => key.value),
    );
    scope.report('unknown-column', place, { fact: name, written: column }, { hint });
    return undefined;
  }
  const result = resultOfType(field.type.value);
  if (!result || result === 'date' || (how !== 'sum' && how !== 'min' && how !== 'max')) {
    return wrong(how, place, '该列不是数字或金额', 'the column is neither a number nor money', scope);
  }
  return { formula: { kind: 'rows', how, fact: name, column, at: place.at }, result };
}

function resultOf(kind: ArithmeticKind, parts: readonly Compiled[], place: Place, scope: Scope): Result | undefined {
  const results = parts.map((one) => one.result);
  const [a, b] = results;
  if (kind === 'days_between') {
    if (results.every((one) => one === 'date')) return 'number';
    return wrong(kind, place, '两项都应为日期', 'both must be dates', scope);
  }
  if (results.includes('date'))
    return wrong(kind, place, '日期只能用于 `days_between`', 'dates can be used in `days_between` only', scope);
  const money = results.filter((one) => one === 'money').length;
  if (kind === 'times') {
    if (money <= 1) return money === 1 ? 'money' : 'number';
    return wrong(kind, place, '金额不能相乘', 'money cannot be multiplied by money', scope);
  }
  if (kind === 'ratio') {
    if (a === b) return 'number';
    if (a === 'money') return 'money';
    return wrong(kind, place, '数字不能除以金额', 'a number cannot be divided by money', scope);
  }
  if (money === 0) return 'number';
  return money === results.length
    ? 'money'
    : wrong(kind, place, '金额与数字不能混算', 'money and numbers cannot be mixed', scope);
}

function wrong(operator: string, place: Place, zh: string, en: string, scope: Scope): undefined {
  const why: Text = { zh, en };
  scope.report('wrong-formula', place, { operator, why });
  return undefined;
}

/** The facts of a case as a row of an export gives them. */

import { shown } from '../form/problems.ts';
import type { MappedFact } from '../playbook/mapping.ts';
import { parseMoney } from '../playbook/money.ts';
import type { Pipeline } from '../playbook/pipeline.ts';
import type { Text } from '../playbook/text.ts';
import type { Fact } from '../playbook/value.ts';
import { convertAmount, readNumber } from './amounts.ts';
import { shiftDay } from './dates.ts';
import type { RowContext } from './map-row.ts';
import type { RowReader } from './row-reader.ts';

export interface MappedFacts {
  readonly values: Readonly<Record<string, unknown>>;
  /** Fact → mark, for values that are not the row's own. */
  readonly marks: Readonly<Record<string, string>>;
}

/** The facts that the pipeline has; `decide` checks them against their types. What is blank everywhere is no fact. */
export function factsOf(context: RowContext, reader: RowReader, pipeline: Pipeline): MappedFacts {
  const values: Record<string, unknown> = {};
  const marks: Record<string, string> = {};
  for (const rule of context.mapping.facts) {
    const spec = Object.hasOwn(pipeline.facts, rule.fact) ? pipeline.facts[rule.fact] : undefined;
    if (spec === undefined) continue;
    const own = rule.column === undefined ? undefined : reader.cell(rule.column);
    const other = own === undefined && rule.else !== undefined ? reader.cell(rule.else) : undefined;
    const cell = own ?? other;
    const value = cell === undefined ? defaultOf(rule, spec) : factIn(context, rule, spec, cell);
    if (value === undefined) continue;
    if (isProblem(value)) reader.fail(own === undefined ? rule.else : rule.column, value.zh, value.en);
    else values[rule.fact] = value;
    if (other !== undefined && rule.mark_else !== undefined) marks[rule.fact] = rule.mark_else;
  }
  return { values, marks };
}

function isProblem(value: string | number | Text): value is Text {
  return typeof value === 'object';
}

/** Values as a caller of the API would write them. */
function factIn(context: RowContext, rule: MappedFact, spec: Fact, cell: string): string | number | Text {
  const { values } = rule;
  const meant = values !== undefined && Object.hasOwn(values, cell) ? values[cell] : undefined;
  switch (spec.type) {
    case 'money':
      return moneyOf(rule, meant ?? cell) ?? notA('数字', 'number', cell);
    case 'number': {
      const number = readNumber(meant ?? cell);
      return number === undefined ? notA('数字', 'number', cell) : Number(number);
    }
    case 'date': {
      // What the mapping puts for a cell is written as playbooks write days, and is nobody's past to be moved.
      if (meant !== undefined) return meant;
      const day = context.days.dayOf(cell);
      const { format } = context.mapping.dates;
      return day === undefined
        ? notA(`${format} 格式的日期`, `date of the form ${format}`, cell)
        : shiftDay(day, context.shift_days);
    }
    default:
      return meant ?? cell;
  }
}

function defaultOf(rule: MappedFact, spec: Fact): string | undefined {
  if (rule.default === undefined || spec.type !== 'money' || parseMoney(rule.default).ok) return rule.default;
  return moneyOf(rule, rule.default) ?? rule.default;
}

function moneyOf({ currency, to, rate }: MappedFact, amount: string): string | undefined {
  if (currency === undefined) return amount;
  return convertAmount(amount, { currency, ...(to !== undefined && { to }), ...(rate !== undefined && { rate }) });
}

function notA(zh: string, en: string, cell: string): Text {
  return { zh: `${shown(cell)} 不是${zh}`, en: `${shown(cell)} is not a ${en}` };
}

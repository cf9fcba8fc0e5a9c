/** Which values of a fact a table tells apart: those it names, and one of each stretch between them. */

import { isMoney } from '../../condition/compare.ts';
import type { Leaf } from '../../playbook/condition.ts';
import type { Text } from '../../playbook/text.ts';
import type { Fact, Money, Value } from '../../playbook/value.ts';
import type { Cell } from './table-space.ts';

/** In order of size where there is one, without those that the fact's limits exclude; at least one. */
export function valueCells(fact: Fact | undefined, operands: readonly Value[]): readonly Value[] {
  const told = toldApart(fact, operands);
  return told.length > 0 ? told : [otherThan([])];
}

function toldApart(fact: Fact | undefined, operands: readonly Value[]): readonly Value[] {
  switch (fact?.type) {
    case 'yes_no':
      return [true, false];
    case 'choice':
      return Object.keys(fact.choices ?? {});
    case 'number':
    case 'percent':
      return sizes(fact, operands.filter(isNumber), 0);
    case 'money':
      return amounts(fact, operands.filter(isMoney));
    case 'date':
      return days(fact, operands.filter(isText));
    default: {
      const named = [...new Set(operands.filter(isText))];
      return [...named, otherThan(named)];
    }
  }
}

/** How a fact compares with another, as -1, 0 and 1. */
export function comparedCells(other: string): readonly Cell[] {
  const cell = (value: number, zh: string, en: string): Cell => ({
    value,
    text: { zh: `${zh} \`${other}\``, en: `${en} \`${other}\`` },
  });
  return [cell(-1, '小于', 'below'), cell(0, '等于', 'equal to'), cell(1, '大于', 'above')];
}

/** A thing that is so or not. */
export function thingText(leaf: Leaf): Text {
  switch (leaf.kind) {
    case 'fact':
    case 'field': {
      const name = leaf.kind === 'fact' ? leaf.fact : leaf.field;
      const { operand } = leaf;
      const against =
        operand.kind === 'duration' ? operand.duration.amount : operand.kind === 'fact' ? operand.fact : operand.value;
      return both(`\`${name}\` ${leaf.operator} ${String(against)}`);
    }
    case 'evidence':
      return { zh: `证据 \`${leaf.evidence}\``, en: `evidence \`${leaf.evidence}\`` };
    case 'task':
      return { zh: `任务 ${leaf.task}`, en: `a task that is ${leaf.task}` };
    case 'activity':
      return { zh: `活动 \`${leaf.activity}\``, en: `activity \`${leaf.activity}\`` };
    case 'milestone':
      return both(`\`${leaf.milestone}\``);
    case 'approval':
      return both(`\`${leaf.approval}\``);
    case 'decision':
      return both(`\`${leaf.decision}\``);
    case 'child':
      return both(`${leaf.which} \`${leaf.pipeline}\`: ${leaf.in.join(', ')}`);
  }
}

function both(text: string): Text {
  return { zh: text, en: text };
}

function isNumber(value: Value): value is number {
  return typeof value === 'number';
}

function isText(value: Value): value is string {
  return typeof value === 'string';
}

function otherThan(named: readonly string[]): string {
  let other = '…';
  while (named.includes(other)) other += '…';
  return other;
}

/** @param whole 1: only whole numbers count; 0: there is always one between two */
function sizes({ min, max }: Pick<Fact, 'min' | 'max'>, named: readonly number[], whole: 0 | 1): readonly number[] {
  const limits = [min, max].filter((one) => typeof one === 'number');
  const points = [...new Set([...named, ...limits])].sort((a, b) => a - b);
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const between = points.flatMap((point, index) => {
    const next = points[index + 1];
    if (next === undefined) return [point];
    if (whole === 1 && next - point < 2) return [point];
    const middle = (point + next) / 2;
    return [point, whole === 1 ? Math.floor(middle) : middle];
  });
  const [below, above] = [first - 1, last + 1];
  return [below, ...between, above].filter(
    (size) => !(typeof min === 'number' && size < min) && !(typeof max === 'number' && size > max),
  );
}

/** One currency after another: an amount is in one of them. */
function amounts(fact: Fact, named: readonly Money[]): readonly Money[] {
  const currencies = [...new Set(named.map(({ currency }) => currency))];
  return currencies.flatMap((currency) => {
    const minors = named.filter((one) => one.currency === currency).map(({ minor }) => minor);
    const limits = fact.currency === undefined || fact.currency === currency ? fact : {};
    return sizes(limits, minors, 1).map((minor) => ({ minor, currency }));
  });
}

const DAY_MS = 86_400_000;

function days({ min, max }: Fact, named: readonly string[]): readonly string[] {
  const number = (day: number | string | undefined): number | undefined =>
    typeof day === 'string' ? Date.parse(`${day}T00:00:00.000Z`) / DAY_MS : undefined;
  const points = named.flatMap((day) => number(day) ?? []);
  const [from, to] = [number(min), number(max)];
  const limits = { ...(from !== undefined && { min: from }), ...(to !== undefined && { max: to }) };
  return sizes(limits, points, 1).map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10));
}

/** Which operators fit which type of value. */

import type { Operator } from '../../playbook/condition.ts';
import type { ValueType } from '../../playbook/value.ts';

const EQUALITY = ['is', 'is_not', 'in', 'not_in', 'is_known'] as const;
const SIZE = [...EQUALITY, 'at_least', 'more_than', 'at_most', 'less_than'] as const;

/** A list of choices compares by what it contains; files and rows only by being there. */
export const OPERATORS_OF: Readonly<Record<ValueType, readonly Operator[]>> = {
  text: [...EQUALITY, 'contains'],
  number: SIZE,
  percent: SIZE,
  money: SIZE,
  date: [...EQUALITY, 'before', 'after', 'within', 'ago'],
  choice: EQUALITY,
  choices: ['contains', 'is_known'],
  person: EQUALITY,
  link: EQUALITY,
  yes_no: ['is', 'is_not', 'is_known'],
  file: ['is_known'],
  rows: ['is_known'],
};

/** For the hint: the operator meant, where people often take the one of another type. */
export const OPERATOR_SLIPS: Partial<Record<ValueType, Partial<Record<Operator, Operator>>>> = {
  date: { less_than: 'before', at_most: 'before', more_than: 'after', at_least: 'after' },
  number: { before: 'less_than', after: 'more_than' },
  percent: { before: 'less_than', after: 'more_than' },
  money: { before: 'less_than', after: 'more_than' },
  choices: { is: 'contains', in: 'contains' },
};

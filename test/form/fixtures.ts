/** Fields and a context for tests of forms. */

import type { AnswerContext } from '../../engine/form/value-spec.ts';
import type { Condition } from '../../engine/playbook/condition.ts';
import type { Field, ValueType } from '../../engine/playbook/value.ts';
import { at, calendar, now } from '../condition/fixtures.ts';
import { force, peopleOf } from '../who/fixtures.ts';

export const context: AnswerContext = { people: peopleOf(...force), now, calendar };

/** A required field; `more` sets whatever else. */
export function field(name: string, type: ValueType, more: Partial<Field> = {}): Field {
  return { field: name, type, title: { zh: `${name} 题`, en: `${name} title` }, optional: false, at, ...more };
}

export const choices = { new: { zh: '新', en: 'New' }, old: { zh: '旧', en: 'Old' } };

/** A condition on another answer of the same form. */
export function answered(name: string, value: string | boolean): Condition {
  return { kind: 'field', field: name, operator: 'is', operand: { kind: 'value', value }, at };
}

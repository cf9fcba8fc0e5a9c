/** Answers that say no more than a form asks: what evidence of earlier stages is submitted with. */

import { truthOf } from '../condition/evaluate.ts';
import { seenInForm } from '../condition/seen-in-form.ts';
import type { Field, Row, Value } from '../playbook/value.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import { madeUpFile } from './made-up-file.ts';

export interface PlainContext {
  readonly now: Instant;
  readonly calendar: WorkingCalendar;
  /** The day of `now` in the calendar's zone. */
  readonly today: string;
  /** Stands for everybody asked for. */
  readonly person: string;
  /** For money that may be in any currency. */
  readonly currency: string;
}

/** A fact or a field, as far as a plain value of it depends on it. */
export type PlainSpec = Pick<Field, 'type'> &
  Partial<Pick<Field, 'choices' | 'min' | 'max' | 'currency' | 'min_length' | 'max_length' | 'fields' | 'min_rows'>>;

/** Every field that must be answered gets a plain value; a `pattern` is not looked at, so such a field may be refused. */
export function plainAnswers(fields: readonly Field[], context: PlainContext): Readonly<Record<string, Value>> {
  const answers: Record<string, Value> = {};
  for (const field of fields) {
    if (field.optional || !isAsked(field, answers, context)) continue;
    const value = plainValue(field, context);
    if (value !== undefined) answers[field.field] = value;
  }
  return answers;
}

function isAsked({ when }: Field, answers: Readonly<Record<string, Value>>, context: PlainContext): boolean {
  if (when === undefined) return true;
  const field = (name: string): Value | undefined => (Object.hasOwn(answers, name) ? answers[name] : undefined);
  return truthOf(when, seenInForm(context, field)) === true;
}

/** The plainest value within the limits; absent where there is none, such as a choice of nothing. */
export function plainValue(spec: PlainSpec, context: PlainContext): Value | undefined {
  switch (spec.type) {
    case 'text':
      return 'as given'.padEnd(spec.min_length ?? 0, '.').slice(0, spec.max_length);
    case 'number':
    case 'percent':
      return clamped(0, spec.min, spec.max);
    case 'money':
      return { minor: clamped(100, spec.min, spec.max), currency: spec.currency ?? context.currency };
    case 'date':
      return clampedDay(context.today, spec.min, spec.max);
    case 'choice':
      return Object.keys(spec.choices ?? {})[0];
    case 'choices':
      return Object.keys(spec.choices ?? {}).slice(0, 1);
    case 'person':
      return context.person;
    case 'link':
      return 'https://example.com/';
    case 'yes_no':
      return true;
    case 'file':
      return madeUpFile('as-given.pdf');
    case 'rows':
      return plainRows(spec, context);
  }
}

function plainRows({ fields = [], min_rows = 1 }: PlainSpec, context: PlainContext): readonly Row[] {
  return Array.from({ length: Math.max(1, min_rows) }, () => plainAnswers(fields, context));
}

function clamped(plain: number, min: PlainSpec['min'], max: PlainSpec['max']): number {
  const raised = typeof min === 'number' ? Math.max(plain, min) : plain;
  return typeof max === 'number' ? Math.min(raised, max) : raised;
}

function clampedDay(today: string, min: PlainSpec['min'], max: PlainSpec['max']): string {
  const raised = typeof min === 'string' && min > today ? min : today;
  return typeof max === 'string' && max < raised ? max : raised;
}

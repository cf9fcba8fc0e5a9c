/** Compiles the fields of a form. */

import type { Field } from '../../playbook/value.ts';
import { type FieldSource, type FieldsSource, titleFrom } from '../kinds/form.ts';
import type { Token } from '../shape/shape.ts';
import { compileCondition } from './condition.ts';
import type { Scope } from './scope.ts';
import { compileFieldLimits, compileTyped } from './typed.ts';

export function compileFields(source: FieldsSource | undefined, scope: Scope): readonly Field[] {
  if (!source) return [];
  const inForm: Scope = { ...scope, form: source };
  return source.map(({ key, value }) => compileField(key, value, inForm));
}

function compileField(name: Token<string>, source: FieldSource, scope: Scope): Field {
  const when = source.when && compileCondition(source.when, scope);
  const fields = source.fields && compileFields(source.fields, scope);
  return {
    field: name.value,
    type: source.type.value,
    title: source.title ?? titleFrom(name.value),
    optional: source.optional?.value ?? false,
    ...compileTyped(name.value, source, scope.report),
    ...compileFieldLimits(source, scope.report),
    ...(when ? { when } : {}),
    ...(fields ? { fields } : {}),
    at: name.place.at,
  };
}

/** The JSON Schema (draft-07) of a form's answers in the form they are kept in. */

import type { Lang } from '../playbook/text.ts';
import type { Field } from '../playbook/value.ts';
import { DEFAULT_LIMITS, FIRST_DAY, LAST_DAY, type ValueSpec } from './value-spec.ts';

/** Plain JSON. */
export type JsonSchema = { readonly [key: string]: unknown };

/**
 * An object with a property for each field; `required` names those asked unconditionally. The checker takes friendlier
 * writing too (`20万 CNY`, `10%`, `yes`), which this schema of the kept form does not describe. Days have `format: date`
 * with `formatMinimum` and `formatMaximum`, links `format: http-link`, percentages (fractions) `format: percent`; patterns are in RE2 syntax.
 */
export function formSchema(fields: readonly Field[], lang: Lang = 'en'): JsonSchema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...objectSchema(fields, lang) };
}

function objectSchema(fields: readonly Field[], lang: Lang): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.field, valueSchema(field, lang)])),
    required: fields.filter((field) => !field.optional && field.when === undefined).map((field) => field.field),
    additionalProperties: false,
  };
}

/** The schema of one value, of a fact or a field. */
export function valueSchema(spec: ValueSpec, lang: Lang = 'en'): JsonSchema {
  return { title: spec.title[lang], ...typeSchema(spec, lang) };
}

function typeSchema(spec: ValueSpec, lang: Lang): JsonSchema {
  switch (spec.type) {
    case 'text':
      return {
        type: 'string',
        minLength: spec.min_length ?? 1,
        maxLength: spec.max_length ?? DEFAULT_LIMITS.text,
        ...(spec.pattern !== undefined && { pattern: spec.pattern }),
      };
    case 'number':
      return { type: 'number', ...limits(spec, 'minimum', 'maximum') };
    case 'percent':
      return { type: 'number', format: 'percent', ...limits(spec, 'minimum', 'maximum') };
    case 'money':
      return moneySchema(spec);
    case 'date':
      return {
        type: 'string',
        format: 'date',
        formatMinimum: FIRST_DAY,
        formatMaximum: LAST_DAY,
        ...limits(spec, 'formatMinimum', 'formatMaximum'),
      };
    case 'choice':
      return choiceSchema(spec);
    case 'choices':
      return { type: 'array', items: choiceSchema(spec), uniqueItems: true };
    case 'person':
      return { type: 'string', minLength: 1 };
    case 'link':
      return { type: 'string', format: 'http-link', maxLength: DEFAULT_LIMITS.link };
    case 'yes_no':
      return { type: 'boolean' };
    case 'file':
      return FILE;
    case 'rows':
      return {
        type: 'array',
        items: objectSchema(spec.fields ?? [], lang),
        ...(spec.min_rows !== undefined && { minItems: spec.min_rows }),
        maxItems: spec.max_rows ?? DEFAULT_LIMITS.rows,
      };
  }
}

const FILE: JsonSchema = {
  type: 'object',
  properties: {
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    name: { type: 'string' },
    size: { type: 'integer', minimum: 0 },
    type: { type: 'string' },
  },
  required: ['sha256', 'name', 'size', 'type'],
  additionalProperties: false,
};

function limits(spec: ValueSpec, least: string, most: string): JsonSchema {
  return { ...(spec.min !== undefined && { [least]: spec.min }), ...(spec.max !== undefined && { [most]: spec.max }) };
}

function moneySchema(spec: ValueSpec): JsonSchema {
  return {
    type: 'object',
    properties: {
      currency: spec.currency === undefined ? { type: 'string', pattern: '^[A-Z]{3}$' } : { const: spec.currency },
      minor: { type: 'integer', ...limits(spec, 'minimum', 'maximum') },
    },
    required: ['minor', 'currency'],
    additionalProperties: false,
  };
}

function choiceSchema(spec: ValueSpec): JsonSchema {
  return { type: 'string', enum: Object.keys(spec.choices ?? {}) };
}

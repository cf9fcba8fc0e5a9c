/** Checks values already read against the limits of their fields, by ajv on the generated schema. */

import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { formatLimitDefinition } from 'ajv-formats/dist/limit.js';
import type { Problem } from '../case/outcome.ts';
import { isMoney } from '../condition/compare.ts';
import { moneyText } from '../playbook/money.ts';
import type { Lang } from '../playbook/text.ts';
import type { Field, Value } from '../playbook/value.ts';
import { compilePattern } from './pattern.ts';
import { problem, shown } from './problems.ts';
import { readDay } from './read-value.ts';
import { formSchema, type JsonSchema, valueSchema } from './schema.ts';
import type { ValueSpec } from './value-spec.ts';

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  // A field may be named `constructor`.
  ownProperties: true,
  code: {
    // `code` is how ajv would name the engine in modules it writes to disk; it writes none here.
    regExp: Object.assign(patternOf, { code: 'patternOf' }),
  },
});
ajv.addKeyword(formatLimitDefinition);
ajv.addFormat('date', {
  validate: (text: string) => readDay(text) === text,
  compare: (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0),
});
ajv.addFormat('http-link', /^https?:\/\//);
ajv.addFormat('percent', { type: 'number', validate: Number.isFinite });

/** @throws SyntaxError for what is no pattern of RE2; compiled playbooks hold none. */
function patternOf(source: string): { test(text: string): boolean } {
  const pattern = compilePattern(source);
  if (pattern === undefined) throw new SyntaxError(`not a pattern of RE2: ${source}`);
  return pattern;
}

const ofForms = new WeakMap<readonly Field[], ValidateFunction<unknown>>();
const ofValues = new WeakMap<ValueSpec, ValidateFunction<unknown>>();
/** By the text of their schema: ajv keeps what it has compiled, and playbooks are read anew that have the same forms. */
const ofSchemas = new Map<string, ValidateFunction<unknown>>();

function cached<K extends object>(
  cache: WeakMap<K, ValidateFunction<unknown>>,
  key: K,
  schema: (key: K) => JsonSchema,
): ValidateFunction<unknown> {
  let validate = cache.get(key);
  if (validate === undefined) {
    validate = compiled(schema(key));
    cache.set(key, validate);
  }
  return validate;
}

function compiled(schema: JsonSchema): ValidateFunction<unknown> {
  const text = JSON.stringify(schema);
  const validate = ofSchemas.get(text) ?? ajv.compile(schema);
  ofSchemas.set(text, validate);
  return validate;
}

/** Limits broken by the answers of a form; whether all are given is not asked here. @param path pointer of the form */
export function formLimitProblems(
  fields: readonly Field[],
  values: Readonly<Record<string, Value>>,
  path: string,
): readonly Problem[] {
  return problemsIn(
    values,
    cached(ofForms, fields, (key) => formSchema(key)),
    path,
  );
}

/** Limits broken by one value. @param path JSON pointer of the value */
export function valueLimitProblems(spec: ValueSpec, value: Value, path: string): readonly Problem[] {
  return problemsIn(
    value,
    cached(ofValues, spec, (key) => valueSchema(key)),
    path,
  );
}

function problemsIn(value: unknown, validate: ValidateFunction<unknown>, path: string): readonly Problem[] {
  if (validate(value)) return [];
  // One problem for each place: an amount in another currency need not hear of its limits too.
  const byPath = new Map<string, Problem>();
  for (const error of validate.errors ?? []) {
    if (error.keyword === 'required') continue;
    const { place, found } = subjectOf(error, value);
    if (!byPath.has(place)) byPath.set(place, problemOf(error, found, path + place));
  }
  return [...byPath.values()];
}

/** What an error is about. Members of money are inside a value that is one to its author, so the money is meant. */
function subjectOf({ instancePath }: ErrorObject, root: unknown): { place: string; found: unknown } {
  const steps = instancePath.split('/').slice(1);
  let found = root;
  for (const [depth, step] of steps.entries()) {
    if (isMoney(found)) return { place: instancePath.split('/', depth + 1).join('/'), found };
    // Field names and row numbers hold nothing that pointers escape.
    found = typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined;
  }
  return { place: instancePath, found };
}

function problemOf(error: ErrorObject, found: unknown, path: string): Problem {
  const limit = String(error.schema);
  switch (error.keyword) {
    case 'minLength':
      return problem('too-short', path, limit);
    case 'maxLength':
      return problem('too-long', path, limit);
    case 'pattern':
      return problem('pattern-unmatched', path, shown(limit));
    case 'minItems':
      return problem('too-few-rows', path, limit);
    case 'maxItems':
      return problem('too-many-rows', path, limit);
    case 'minimum':
    case 'formatMinimum':
      return problem('too-small', path, limitText(error, found, 'zh'), limitText(error, found, 'en'));
    case 'maximum':
    case 'formatMaximum':
      return problem('too-large', path, limitText(error, found, 'zh'), limitText(error, found, 'en'));
    case 'enum':
      return problem('choice-unknown', path, shown(found), choicesText(error.schema));
    case 'uniqueItems':
      return problem('choice-twice', path);
    case 'const':
      return problem('currency-differs', path, isMoney(found) ? found.currency : shown(found), limit);
    default:
      return problem('wrong-type', path, shown(found), limit, limit);
  }
}

/** A limit as its author wrote it: money in whole units, percentages with their sign. */
function limitText(error: ErrorObject, found: unknown, lang: Lang): string {
  const limit: unknown = error.schema;
  if (typeof limit !== 'number') return String(limit);
  if (isMoney(found)) return moneyText({ minor: limit, currency: found.currency }, lang);
  // Twelve digits hide what doubling back from a fraction adds at the end.
  return error.parentSchema?.['format'] === 'percent' ? `${Number((limit * 100).toPrecision(12))}%` : String(limit);
}

function choicesText(choices: unknown): string {
  return Array.isArray(choices) ? choices.map(shown).join(', ') : shown(choices);
}

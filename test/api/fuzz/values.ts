/** Values for a schema of the OpenAPI document: fitting, nearly fitting, hostile. */

import type { Json } from '../../../api/openapi.ts';
import type { Chance } from './random.ts';

/** What texts of the caller may be about: ids that exist, words of the playbooks, ids seen in earlier answers. */
export interface Pool {
  readonly words: readonly string[];
  readonly seen: string[];
  /** Of cases that there are. */
  readonly cases: string[];
}

export interface Making {
  readonly chance: Chance;
  readonly pool: Pool;
  readonly schemas: Json;
  /** How likely a wrong value stands in place of a fitting one: once in so many values. 0: never. */
  readonly wrongOnceIn: number;
}

/** Written as JSON by hand, as some of it no program would write. */
export class Raw {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfffy',
  '￾￿',
  '‮gnp.exe',
  'ü̈̈̈',
  '👩‍👩‍👧‍👦',
  '张敏',
  "'; drop table journal; --",
  '&#36;{jndi}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'NaN',
  'x'.repeat(301),
  'x'.repeat(5_000),
  'é'.repeat(20_000),
  '{{7*7}}',
  '\r\nX-Injected: 1',
  '9999-12-31',
  '0000-00-00',
  '2026-02-30',
  '1e999 CNY',
  '99999999999999999999999999 CNY',
  '-0.001 CNY',
  'system',
];

const HOSTILE_JSON: readonly string[] = [
  'null',
  'true',
  '0',
  '-0',
  '-1',
  '1e308',
  '1e999',
  '-1e999',
  '9007199254740993',
  '123456789012345678901234567890',
  '0.1',
  '5e-324',
  '[]',
  '{}',
  '[[[[[[[[]]]]]]]]',
  '[null]',
  '{"__proto__": {"admin": true}}',
  '{"constructor": {"prototype": {"x": 1}}}',
  '{"toString": 1, "valueOf": 2, "length": -1}',
  '{"": ""}',
  '{"a": 1, "a": 2}',
  '{"\\u0000": 1}',
  '{"\\ud800": "\\udc00"}',
  '{"minor": 1e30, "currency": "CNY"}',
  '{"minor": 100, "currency": "CNY", "extra": []}',
  `"${'\\u0000'.repeat(50)}"`,
  `{"k": ${'['.repeat(60)}${']'.repeat(60)}}`,
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  JSON.stringify(Object.fromEntries(Array.from({ length: 600 }, (_one, index) => [`k${index}`, index]))),
  JSON.stringify(Array.from({ length: 2_000 }, (_one, index) => index)),
];

function hostile({ chance }: Making): unknown {
  return chance.once(2) ? chance.pick(HOSTILE_TEXTS) : new Raw(chance.pick(HOSTILE_JSON));
}

export function textOf({ chance, pool }: Pick<Making, 'chance' | 'pool'>): string {
  if (pool.seen.length > 0 && chance.once(3)) return chance.pick(pool.seen);
  if (chance.once(12)) return chance.pick(HOSTILE_TEXTS);
  return chance.pick(pool.words);
}

function day(chance: Chance): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${2020 + chance.int(20)}-${two(1 + chance.int(12))}-${two(1 + chance.int(28))}`;
}

/** Of facts and answers, which the document leaves to the playbook. */
function anyValue(making: Making): unknown {
  const { chance } = making;
  return chance.pick<() => unknown>([
    () => textOf(making),
    () => chance.int(1_000),
    () => chance.once(2),
    () => day(chance),
    () => `${chance.int(500)}万 CNY`,
    () => hostile(making),
  ])();
}

function anyRecord(making: Making): unknown {
  const { chance, pool } = making;
  const size = chance.int(4);
  return Object.fromEntries(Array.from({ length: size }, () => [chance.pick(pool.words), anyValue(making)]));
}

interface Schema extends Json {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

function object(schema: Schema, making: Making): unknown {
  const { chance, wrongOnceIn, pool } = making;
  const made: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const isRequired = schema.required?.includes(name) === true;
    const isLeftOut = isRequired ? wrongOnceIn > 0 && chance.once(wrongOnceIn * 2) : chance.once(2);
    if (!isLeftOut) made[name] = valueFor(member, making);
  }
  if (typeof schema.additionalProperties === 'object') {
    for (let left = chance.int(4); left > 0; left -= 1) {
      made[`${chance.pick(pool.words)}.csv`] = valueFor(schema.additionalProperties, making);
    }
  }
  if (wrongOnceIn > 0 && chance.once(wrongOnceIn * 2)) made[textOf(making)] = hostile(making);
  return made;
}

export function valueFor(schema: Schema | undefined, making: Making): unknown {
  const { chance, wrongOnceIn, schemas } = making;
  if (schema === undefined) return anyValue(making);
  if (wrongOnceIn > 0 && chance.once(wrongOnceIn)) return hostile(making);
  if (schema.$ref !== undefined) {
    // Components are schemas.
    return valueFor(schemas[schema.$ref.split('/').at(-1) ?? ''] as Schema, making);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return chance.pick(schema.enum);
  const either = schema.oneOf ?? schema.anyOf;
  if (either !== undefined) return valueFor(chance.pick(either), making);
  const type = Array.isArray(schema.type) ? chance.pick(schema.type) : schema.type;
  switch (type) {
    case 'object':
      return object(schema, making);
    case 'array':
      return Array.from({ length: 1 + chance.int(3) }, () => valueFor(schema.items, making));
    case 'integer':
    case 'number':
      return chance.int(50);
    case 'boolean':
      return chance.once(2);
    case 'string':
      if (schema.format === 'date') return day(chance);
      return schema.format === 'date-time' ? `${day(chance)}T01:00:00.000Z` : textOf(making);
    default:
      return chance.once(4) ? anyValue(making) : anyRecord(making);
  }
}

/** JSON of a made value; `Raw` parts stand as they are. */
export function write(value: unknown): string {
  if (value instanceof Raw) return value.json;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${write(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

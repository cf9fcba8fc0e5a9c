/** One request after another from the OpenAPI document: valid, nearly valid, and such as nobody's client would send. */

import type { Json, OpenApi } from '../../../api/openapi.ts';
import type { Chance } from './random.ts';
import { type Making, type Pool, textOf, valueFor, write } from './values.ts';

/** Complete: sent again as it is, it is the same request. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  /** In order; a name may stand twice. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  /** As latin1, where the body is no UTF-8. */
  readonly encoding?: 'latin1';
}

interface Parameter {
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: Json;
}

interface Operation {
  readonly method: string;
  readonly template: string;
  readonly parameters: readonly Parameter[];
  readonly body: Json | undefined;
  readonly isCommand: boolean;
}

export function operationsOf(document: OpenApi): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      // Shapes of our own document.
      const parameters = (operation['parameters'] ?? []) as readonly (Parameter & { readonly $ref?: string })[];
      const request = operation['requestBody'] as
        | { readonly content: { readonly 'application/json'?: { readonly schema: Json } } }
        | undefined;
      return {
        method: method.toUpperCase(),
        template,
        parameters: parameters.filter((one) => one.$ref === undefined),
        isCommand: parameters.some((one) => one.$ref !== undefined),
        body: request?.content['application/json']?.schema,
      };
    }),
  );
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'] as const;

const PATH_TRICKS = [
  '%00',
  '%2e%2e%2f',
  '..%2f..%2fetc',
  '%E0%A4%A',
  '%ff',
  '%2F',
  '%25',
  ';x=1',
  '%0d%0aX:1',
  '%F0%9F%98%80',
  '.',
  '%20',
] as const;

const CONTENT_TYPES = [
  'text/plain',
  'application/json; charset=utf-16',
  'application/json; charset=x',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/problem+json',
  ';',
  'application/json;;',
  'APPLICATION/JSON',
] as const;

const BROKEN_JSON = [
  '',
  '{',
  '{"a":',
  '[1,]',
  "{'a': 1}",
  'undefined',
  '﻿{}',
  '{"a": 1}{"b": 2}',
  '\0',
  '{"a": "\t"}',
  '0x10',
  '"x"',
  '[',
  '}',
  '{"command": NaN}',
  '\xff\xfe{\x00}\x00',
] as const;

const HEADERS: readonly (readonly [string, string])[] = [
  ['Accept', 'text/html'],
  ['Accept-Language', 'zh-CN'],
  ['Accept-Language', '*'.repeat(500)],
  ['Accept-Language', ';q=x,,zh;q=9'],
  ['Accept-Encoding', 'br;q=1, x'],
  ['Content-Encoding', 'gzip'],
  ['Content-Encoding', 'x-unknown'],
  ['Content-Encoding', 'br'],
  ['If-None-Match', '*'],
  ['Range', 'bytes=0-0'],
  ['X-Forwarded-For', '"><script>'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['Cookie', 'a=b; a=c'],
  ['Authorization', 'Bearer pr_wrong'],
  ['Expect', '100-continue'],
  ['Last-Event-ID', '-1'],
  ['Last-Event-ID', '99999999999999999999'],
  ['Transfer-Encoding', 'chunked'],
  ['X-Long', 'x'.repeat(12_000)],
];

const KEYS = ['', ' ', 'a b', 'x'.repeat(201), 'ü', '__proto__', 'same'] as const;

export interface Maker {
  readonly chance: Chance;
  readonly pool: Pool;
  readonly document: OpenApi;
  readonly operations: readonly Operation[];
  /** A key of an API key's secret. */
  readonly secret: string;
}

/** A lone surrogate cannot be written in an address. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString().slice(0, 2_000));
}

function pathFor(operation: Operation, making: Making): string {
  const { chance } = making;
  const path = operation.template.replaceAll(/\{\w+\}/g, () => {
    if (chance.once(10)) return chance.pick(PATH_TRICKS);
    const text = textOf(making);
    return encoded(text);
  });
  const asked = operation.parameters.filter(({ in: place }) => place === 'query' && !chance.once(2));
  const pairs = asked.map(({ name, schema }) => {
    const value = valueFor(schema, making);
    const text = typeof value === 'string' ? value : write(value);
    return `${name}=${encoded(text)}`;
  });
  if (chance.once(25))
    pairs.push(chance.pick(['x=1', 'limit=1&limit=2', 'limit[]=1', 'a[b][c]=1', '__proto__[x]=1', '%', 'limit=-1']));
  const tricky = chance.once(60) ? chance.pick(['/', '//', '/.', '/%2e%2e', '?', '#']) : '';
  return `${path}${tricky}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

function bodyFor(operation: Operation, making: Making): Pick<FuzzRequest, 'body' | 'encoding'> {
  const { chance } = making;
  const isExpected = operation.body !== undefined;
  // A GET that carries a body, a POST that carries none.
  if (isExpected ? chance.once(40) : !chance.once(40)) return {};
  if (chance.once(25)) return { body: chance.pick(BROKEN_JSON), encoding: 'latin1' };
  const body = write(valueFor(operation.body, making));
  return chance.once(80) ? { body: body.slice(0, chance.int(body.length + 1)) } : { body };
}

function headersFor(
  operation: Operation,
  { chance, secret }: Maker,
  hasBody: boolean,
): readonly (readonly [string, string])[] {
  const headers: (readonly [string, string])[] = [];
  if (!chance.once(40)) headers.push(['Authorization', `Bearer ${secret}`]);
  if (hasBody) headers.push(['Content-Type', chance.once(25) ? chance.pick(CONTENT_TYPES) : 'application/json']);
  if (operation.isCommand && !chance.once(30)) {
    const key = chance.once(20) ? chance.pick(KEYS) : `k${chance.int(1_000_000)}`;
    headers.push(['Idempotency-Key', key]);
    if (chance.once(40)) headers.push(['Idempotency-Key', `${key}2`]);
  }
  if (chance.once(12)) headers.push(chance.pick(HEADERS));
  return headers;
}

/** Commands that the small set of playbooks knows, so that the deciders are reached and not only the door. */
const GOOD: Readonly<Record<string, readonly object[]>> = {
  '/v1/cases': [{ title: '东方公司', pipeline: 'deal', facts: { amount: '50万 CNY' } }],
  '/v1/cases/{id}/commands': [
    { command: 'log_activity', activity: 'call', note: '客户要降价' },
    { command: 'set_facts', facts: { amount: '60万 CNY' } },
    { command: 'plan_task', title: '回电', due_on: '2030-01-01' },
    { command: 'complete_task', task: 't1' },
    { command: 'submit_evidence', evidence: 'first-visit', fields: { visited_on: '2026-10-01' } },
    { command: 'accept_evidence', evidence: 'first-visit' },
    { command: 'advance' },
    { command: 'fall_back', to: 'lead', reason: 'x' },
  ],
};

/** A command as an honest client sends it, to a case that there is. */
function goodRequest(template: string, { chance, pool, secret }: Maker): FuzzRequest {
  return {
    method: 'POST',
    path: template.replace('{id}', chance.pick(pool.cases)),
    headers: [
      ['Authorization', `Bearer ${secret}`],
      ['Content-Type', 'application/json'],
      ['Idempotency-Key', `good${chance.int(1_000_000)}`],
    ],
    body: JSON.stringify(chance.pick(GOOD[template] ?? [])),
  };
}

/** One in eight is a command that fits. Of the others half fit their operation in form; the rest have something wrong. */
export function makeRequest(maker: Maker): FuzzRequest {
  const { chance, pool, document, operations } = maker;
  if (chance.once(8)) return goodRequest(chance.pick(Object.keys(GOOD)), maker);
  const operation = chance.pick(operations);
  const schemas = document.components['schemas'] as Json;
  const making: Making = { chance, pool, schemas, wrongOnceIn: chance.once(2) ? 0 : 2 + chance.int(12) };
  const body = bodyFor(operation, making);
  return {
    method: chance.once(40) ? chance.pick(METHODS) : operation.method,
    path: chance.once(80) ? `/v1/${chance.pick(PATH_TRICKS)}` : pathFor(operation, making),
    headers: headersFor(operation, maker, body.body !== undefined),
    ...body,
  };
}

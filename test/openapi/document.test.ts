/** The OpenAPI document: current, whole, and strict enough that an answer of another shape is found. `npm run generate` writes it. */

import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openapiDocument } from '../../api/openapi.ts';
import { PROBLEM_TYPES } from '../../api/problem.ts';
import { ROUTES } from '../../api/routes.ts';
import { createAnswerChecker, type SeenAnswer } from './check-answer.ts';

const document = openapiDocument(ROUTES);
const text = JSON.stringify(document, null, 2);

test('schemas/openapi.json is current', () => expect(`${text}\n`).toMatchFileSnapshot(resolve('schemas/openapi.json')));

test('every reference leads somewhere, and every named schema is used', () => {
  const referred = new Set(
    [...text.matchAll(/"\$ref": "#\/components\/(\w+)\/([\w.-]+)"/g)].map(([, a, b]) => `${a}/${b}`),
  );
  const named = Object.entries(document.components)
    .filter(([group]) => group !== 'securitySchemes')
    .flatMap(([group, members]) => Object.keys(members ?? {}).map((name) => `${group}/${name}`));
  expect([...referred].sort()).toEqual(named.sort());
  expect(text).not.toContain('#/$defs');
});

test('every operation has a name of its own, and each place in an address is declared', () => {
  const names = ROUTES.map((route) => route.name);
  expect(new Set(names).size).toBe(names.length);
  for (const { path, method } of ROUTES) {
    const declared = document.paths[path]?.[method]?.['parameters'] ?? [];
    const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    // biome-ignore lint/suspicious/noExplicitAny: the document is JSON
    const inPath = (declared as any[]).filter((one) => one.in === 'path').map((one) => one.name);
    expect(inPath).toEqual(places);
  }
});

test('all five kinds of no are in the document, each with its status', () => {
  for (const [code, { kind, status }] of Object.entries(PROBLEM_TYPES)) {
    // Told of what is no request to any of the routes.
    if (['unknown-route', 'method-not-allowed', 'request-timeout', 'headers-too-large'].includes(code)) continue;
    const found = ROUTES.some(({ path, method }) => {
      const refs = JSON.stringify(document.paths[path]?.[method]?.['responses']);
      return new RegExp(`"${status}":\\{"\\$ref":"#/components/responses/[^"]*\\b${code}\\b`).test(refs);
    });
    expect(found, `${code} (${kind})`).toBe(true);
  }
});

describe('an answer is found wrong', () => {
  const check = createAnswerChecker(document);
  const problem = {
    type: 'urn:playrail:problem:api-key-missing',
    title: 'x',
    status: 401,
    detail: 'x',
    instance: '/v1/keys',
    kind: 'forbidden',
  };
  const key = { id: 'a', person: 'b', label: '', created_at: '2026-10-20T01:00:00.000Z' };
  const good: SeenAnswer = {
    method: 'GET',
    path: '/v1/keys',
    status: 200,
    headers: new Headers({ 'content-type': 'application/json; charset=utf-8' }),
    text: JSON.stringify({ items: [key] }),
  };
  const problemSeen = (over: object): SeenAnswer => ({
    ...good,
    status: 401,
    headers: new Headers({ 'content-type': 'application/problem+json; charset=utf-8' }),
    text: JSON.stringify({ ...problem, ...over }),
  });

  test('only when it is', () => {
    expect(check(good)).toEqual([]);
    expect(check(problemSeen({}))).toEqual([]);
  });

  test.each([
    ['a member that is not declared', { ...good, text: JSON.stringify({ items: [{ ...key, hash: 'x' }] }) }],
    ['a member that is missing', { ...good, text: JSON.stringify({ items: [{ ...key, person: undefined }] }) }],
    ['a member of another type', { ...good, text: JSON.stringify({ items: [{ ...key, label: 1 }] }) }],
    ['a time of another form', { ...good, text: JSON.stringify({ items: [{ ...key, created_at: 'today' }] }) }],
    ['a status that is not declared', { ...good, status: 202 }],
    ['another media type', { ...good, headers: new Headers({ 'content-type': 'text/html' }) }],
    ['a body that is no JSON', { ...good, text: 'oops' }],
    ['a problem of a code that the route does not give', problemSeen({ type: 'urn:playrail:problem:refused' })],
    ['a problem of another kind', problemSeen({ kind: 'refusal' })],
    ['a problem whose status is another', problemSeen({ status: 403 })],
    ['a body where there is none', { ...good, method: 'DELETE', path: '/v1/keys/x', status: 204, text: '{}' }],
    ['a header that is missing', { ...good, method: 'POST', path: '/v1/imports', status: 202 }],
    ['an answer where there is no address', { ...good, path: '/v1/nothing' }],
    ['an answer to a method there is not', { ...good, method: 'DELETE' }],
  ])('%s', (_what, seen) => {
    expect(check(seen)).not.toEqual([]);
  });
});

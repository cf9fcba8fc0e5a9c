/** Holds an answer of the API to the OpenAPI document: status, media type, headers, every member of the body. */

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { Json, OpenApi } from '../../api/openapi.ts';

export interface SeenAnswer {
  readonly method: string;
  /** As it was asked for, the query included. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What the document does not allow, one line each. */
export type AnswerChecker = (seen: SeenAnswer) => readonly string[];

interface Operation extends Json {
  readonly responses: Readonly<Record<string, Response>>;
}

interface Response extends Json {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
  readonly headers?: Json;
}

const PROBLEM = { $ref: '#/components/schemas/Problem' };

/** Routes that the document has, found by an address. */
function matcherOf(document: OpenApi) {
  const routes = Object.entries(document.paths).map(([template, methods]) => ({
    template,
    methods,
    pattern: new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
  }));
  return (path: string) => routes.find(({ pattern }) => pattern.test(path.split(/[?#]/)[0] ?? ''));
}

/** An address or method that the document does not have is answered with one of these problems. */
const ELSEWHERE = {
  unknown: { 404: 'unknown-route', 400: 'invalid-request', 401: undefined, 429: 'too-many-requests' },
  method: { 405: 'method-not-allowed', 400: 'invalid-request', 401: undefined, 429: 'too-many-requests' },
} as const;

export function createAnswerChecker(document: OpenApi): AnswerChecker {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajvFormats.default(ajv);
  const find = matcherOf(document);
  const { components } = document;
  const shared = components['responses'] as Readonly<Record<string, Response>>;
  const validators = new Map<unknown, ValidateFunction>();

  /** References in the schema lead to the components of the document, which are put beside it. */
  function validatorOf(schema: object): ValidateFunction {
    const validator = validators.get(schema) ?? ajv.compile({ ...schema, components });
    validators.set(schema, validator);
    return validator;
  }

  function bodyFaults(text: string, schema: object): readonly string[] {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return ['the body is not JSON'];
    }
    const validate = validatorOf(schema);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  function elsewhere(what: keyof typeof ELSEWHERE, { status, text, method }: SeenAnswer): readonly string[] {
    const allowed: Readonly<Record<number, string | undefined>> = ELSEWHERE[what];
    if (!(status in allowed)) return [`${status} where the document has no such ${what}`];
    if (method === 'HEAD') return [];
    const code = allowed[status];
    const faults = bodyFaults(text, PROBLEM);
    return code === undefined || text.includes(`urn:playrail:problem:${code}`) ? faults : [...faults, `not ${code}`];
  }

  return (seen) => {
    const route = find(seen.path);
    const method = seen.method.toLowerCase();
    if (route === undefined) return elsewhere('unknown', seen);
    // Every GET is a HEAD too.
    const name = method === 'head' ? 'get' : method;
    if (!Object.hasOwn(route.methods, name)) return elsewhere('method', seen);
    const operation = route.methods[name] as Operation;
    const named = operation.responses[String(seen.status)];
    const response = named?.$ref === undefined ? named : shared[named.$ref.replace('#/components/responses/', '')];
    if (response === undefined) return [`status ${seen.status} is not declared: ${seen.text.slice(0, 500)}`];
    const missing = Object.keys(response.headers ?? {}).filter((header) => !seen.headers.has(header));
    const faults = missing.map((header) => `header ${header} is missing`);
    if (method === 'head') return faults;
    if (response.content === undefined) return seen.text === '' ? faults : [...faults, 'there is a body'];
    const media = (seen.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const declared = response.content[media];
    if (declared === undefined) return [...faults, `media type \`${media}\` is not declared`];
    if (!media.endsWith('json')) return faults;
    return [...faults, ...bodyFaults(seen.text, declared.schema)];
  };
}

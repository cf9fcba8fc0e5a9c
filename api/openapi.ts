/** The OpenAPI 3.1 document, made from the declared routes: their zod shapes become its JSON Schemas. */

import { z } from 'zod';
import { PROBLEM_TYPES, type ProblemCode, problemShape, problemUrn } from './problem.ts';
import type { AnswerShape, Route } from './route.ts';

/** JSON, as far as it is looked into here. */
export interface Json {
  readonly [member: string]: unknown;
}

export interface OpenApi extends Json {
  readonly openapi: '3.1.0';
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: Json;
}

/** What has a name of its own, gathered while operations are made. */
interface Named {
  readonly schemas: Map<string, unknown>;
  readonly responses: Map<string, unknown>;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Named schemas move to the components of the document. */
function relocated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocated);
  if (!isJson(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => [
    key,
    key === '$ref' && typeof member === 'string'
      ? member.replace('#/$defs/', '#/components/schemas/')
      : relocated(member),
  ]);
  return Object.fromEntries(entries);
}

/** What zod says of its own inner life, and limits that no JSON number passes anyway. */
function withoutNoise({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  delete jsonSchema.readOnly;
  delete jsonSchema.id;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}

function jsonSchemaOf(shape: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any', override: withoutNoise });
  return schema;
}

function schemaOf(shape: z.ZodType, io: 'input' | 'output', named: Named): unknown {
  const { $defs = {}, ...schema } = jsonSchemaOf(shape, io);
  for (const [name, one] of Object.entries($defs)) named.schemas.set(name, relocated(one));
  return relocated(schema);
}

/** Members of a query or a path, each a parameter. */
function parameters(shape: z.ZodType | undefined, place: 'path' | 'query'): readonly Json[] {
  if (!(shape instanceof z.ZodObject)) return [];
  const { properties, required } = jsonSchemaOf(shape, 'input');
  return Object.keys(properties ?? {}).map((name) => {
    const { description, ...schema } = relocated(properties?.[name]) as Json;
    return {
      name,
      in: place,
      required: place === 'path' || required?.includes(name) === true,
      ...(description !== undefined && { description }),
      schema,
    };
  });
}

const IDEMPOTENCY_KEY = { $ref: '#/components/parameters/IdempotencyKey' };

/** Whatever the route: an address that is not encoded correctly, too much asked for, something of ours away or broken. */
const OF_ALL: readonly ProblemCode[] = ['invalid-request', 'internal', 'unavailable', 'too-many-requests'];

/** Every no of the deciders. */
const OF_COMMANDS: readonly ProblemCode[] = ['forbidden', 'not-found', 'refused', 'unfitting', 'outcome-unknown'];

/** All the no's a route can give: those it names, and those that follow from what it takes. */
export function problemsOf(route: Route): readonly ProblemCode[] {
  const codes = new Set<ProblemCode>([...OF_ALL, ...(route.problems ?? [])]);
  const add = (...more: readonly ProblemCode[]) => {
    for (const code of more) codes.add(code);
  };
  if (route.isOpen !== true) add('api-key-missing', 'api-key-unknown');
  if (route.params !== undefined) add('not-found');
  if (route.takesFile === true) add('body-too-large', 'unsupported-media-type', 'unfitting');
  if (route.body !== undefined) add('malformed-json', 'body-too-large', 'unsupported-media-type', 'unfitting');
  if (route.right !== undefined) add('forbidden');
  if (route.isCommand === true) add(...OF_COMMANDS);
  const order = Object.keys(PROBLEM_TYPES);
  return [...codes].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

const RETRY_AFTER = { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds to wait.' } };

/** Named for the codes it can carry. */
function problemResponse(status: number, codes: readonly ProblemCode[]): Json {
  const kinds = [...new Set(codes.map((code) => PROBLEM_TYPES[code].kind))];
  const schema = {
    $ref: '#/components/schemas/Problem',
    properties: { type: { enum: codes.map(problemUrn) }, kind: { enum: kinds }, status: { const: status } },
  };
  return {
    description: codes.map((code) => `${PROBLEM_TYPES[code].title.en} (\`${code}\`).`).join(' '),
    ...((status === 429 || status === 503) && { headers: RETRY_AFTER }),
    content: { 'application/problem+json': { schema } },
  };
}

function problemResponses(route: Route, named: Named): Json {
  const codes = problemsOf(route);
  const statuses = [...new Set(codes.map((code) => PROBLEM_TYPES[code].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const here = codes.filter((code) => PROBLEM_TYPES[code].status === status);
      const name = here.join('.');
      named.responses.set(name, problemResponse(status, here));
      return [status, { $ref: `#/components/responses/${name}` }];
    }),
  );
}

/** OpenAPI 3.1 has no word for bytes: what is said of them is in the description. */
const BYTES = { description: 'The bytes of the file, as they are.' };

function contentOf({ body, events, media, bytes }: AnswerShape, named: Named): Json {
  const content = {
    ...(body !== undefined && { 'application/json': { schema: schemaOf(body, 'output', named) } }),
    // OpenAPI 3.1 has no word for it: the shape is that of each event's data.
    ...(events !== undefined && {
      'text/event-stream': { schema: { type: 'string' }, 'x-item-schema': schemaOf(events, 'output', named) },
    }),
    ...(bytes === true && { 'application/octet-stream': { schema: BYTES } }),
    ...(media !== undefined && { [media]: { schema: { type: 'string' } } }),
  };
  return Object.keys(content).length > 0 ? { content } : {};
}

function answerOf(answer: AnswerShape, named: Named): Json {
  const headers = Object.entries(answer.headers ?? {}).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ]);
  return {
    description: answer.description,
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...contentOf(answer, named),
  };
}

function operationOf(route: Route, named: Named): Json {
  const asked = [...parameters(route.params, 'path'), ...parameters(route.query, 'query')];
  const all = route.isCommand === true ? [...asked, IDEMPOTENCY_KEY] : asked;
  const answers = Object.entries(route.answers).map(([status, answer]) => [status, answerOf(answer, named)]);
  return {
    operationId: route.name,
    summary: route.summary,
    ...(route.description !== undefined && { description: route.description }),
    ...(route.right !== undefined && { 'x-needs-right': route.right }),
    ...(route.isOpen === true && { security: [] }),
    ...(all.length > 0 && { parameters: all }),
    ...(route.body !== undefined && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body, 'input', named) } },
      },
    }),
    ...(route.takesFile === true && {
      requestBody: { required: true, content: { 'application/octet-stream': { schema: BYTES } } },
    }),
    responses: { ...Object.fromEntries(answers), ...problemResponses(route, named) },
  };
}

const KEY_PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'New for each command; a repeat with the same key gets the first reply.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
};

function sorted(members: ReadonlyMap<string, unknown>): Json {
  return Object.fromEntries([...members].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function openapiDocument(routes: readonly Route[]): OpenApi {
  const named: Named = { schemas: new Map(), responses: new Map() };
  schemaOf(problemShape, 'output', named);
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, named) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Playrail',
      version: 'v1',
      description: 'Sales held to its playbooks. Every error is a problem document (RFC 9457) of one of five kinds.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key: acts as its person.' } },
      parameters: { IdempotencyKey: KEY_PARAMETER },
      responses: sorted(named.responses),
      schemas: sorted(named.schemas),
    },
  };
}

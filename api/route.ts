/**
 * A route as it is declared, in one place: where it is, what it takes, what it answers, which no's it can give. The
 * router is mounted, requests are parsed, and the OpenAPI document is made from it.
 */

import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Right } from '../engine/playbook/roles.ts';
import { type Caller, callerOf, requireRight } from './caller.ts';
import type { ApiDeps } from './deps.ts';
import type { ProblemCode } from './problem.ts';
import { currentSet } from './published-set.ts';
import { noteRequest } from './request-log.ts';
import { parseBody, parseIdempotencyKey, parseParams, parseQuery } from './wire/parse-request.ts';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** One status that a route answers with when all is well. */
export interface AnswerShape {
  readonly description: string;
  /** Of the JSON; absent: no body. */
  readonly body?: z.ZodType;
  /** Of each server-sent event's data, which the handler writes itself; beside `body` where the caller chooses by `Accept`. */
  readonly events?: z.ZodType;
  /** Of another media type, as text. */
  readonly media?: string;
  /** Bytes of a file, which the handler writes itself. */
  readonly bytes?: true;
  readonly headers?: Readonly<Record<string, string>>;
}

type Answers = Readonly<Record<number, AnswerShape>>;

type BodyOf<S extends AnswerShape> = S extends { readonly body: infer B extends z.ZodType }
  ? { readonly body: z.input<B> } | (S extends { readonly events: z.ZodType } ? { readonly streamed: true } : never)
  : S extends { readonly events: z.ZodType } | { readonly bytes: true }
    ? { readonly streamed: true }
    : S extends { readonly media: string }
      ? { readonly text: string }
      : { readonly body?: undefined };

/** One of the declared answers; the compiler holds what a handler gives to the shape that the document shows. */
export type AnswerOf<A extends Answers> = {
  [S in keyof A & number]: { readonly status: S; readonly headers?: Readonly<Record<string, string>> } & BodyOf<A[S]>;
}[keyof A & number];

/** A request as its handler sees it: parsed. What was not declared is `undefined`. */
export interface Call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  /** The Idempotency-Key of a command. */
  readonly key: string;
  /** Not on open routes. */
  readonly caller: Caller;
  readonly request: Request;
  readonly response: Response;
}

interface Spec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends Answers> {
  readonly method: Method;
  /** `/v1/cases/{id}`. */
  readonly path: string;
  /** The operation's name in the document: `showCase`. */
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  /** Needs no API key. */
  readonly isOpen?: boolean;
  /** A right that is about nobody's case, asked of the caller before the handler runs. */
  readonly right?: Extract<Right, 'administer' | 'import'>;
  /** Strings; what does not fit them names nothing: 404. */
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Bytes; the usual limit where absent. */
  readonly bodyLimit?: number;
  /** Makes what reads as the body of what was sent, where an address says a part of it. */
  readonly readBody?: (sent: unknown) => unknown;
  /** The body is the bytes of a file, of whatever media type: the handler reads it as it arrives. */
  readonly takesFile?: true;
  /** Takes a command: the Idempotency-Key is needed, and every no of the deciders may come. */
  readonly isCommand?: boolean;
  readonly answers: A;
  /** The no's that do not follow from the rest of the declaration. */
  readonly problems?: readonly ProblemCode[];
  readonly handle: (deps: ApiDeps, call: Call<P, Q, B>) => Promise<AnswerOf<A>> | AnswerOf<A>;
}

/** What the mounting and the document need to know of it. */
export interface Route extends Omit<Spec<z.ZodType, z.ZodType, z.ZodType, Answers>, 'handle' | 'readBody'> {
  readonly answer: (deps: ApiDeps, request: Request, response: Response) => Promise<void>;
}

/** Handlers that write the answer themselves say so with this. */
export const STREAMED = { status: 200, streamed: true } as const;

function read<S extends z.ZodType>(schema: S | undefined, parse: (schema: S) => z.output<S>): z.output<S> {
  // Not declared: the handler has no use for it, and its type says `unknown`.
  return schema === undefined ? (undefined as z.output<S>) : parse(schema);
}

export function route<
  const A extends Answers,
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
>(spec: Spec<P, Q, B, A>): Route {
  const { handle, readBody = (sent: unknown) => sent, ...declared } = spec;

  async function answer(deps: ApiDeps, request: Request, response: Response): Promise<void> {
    if (spec.right !== undefined) requireRight(callerOf(response), spec.right, await currentSet(deps.store));
    const params = read(spec.params, (schema) => parseParams(schema, request));
    const key = spec.isCommand === true ? parseIdempotencyKey(request) : '';
    const query = read(spec.query, (schema) => parseQuery(schema, request));
    const body = read(spec.body, (schema) => parseBody(schema, readBody(request.body)));
    if (spec.isCommand === true) noteRequest(response, { command: commandName(body) ?? spec.name });
    const given = await handle(deps, {
      params,
      key,
      query,
      body,
      get caller() {
        return callerOf(response);
      },
      request,
      response,
    });
    send(given, response);
  }
  return { ...declared, answer };
}

/** A parsed command names itself. */
function commandName(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('command' in body)) return undefined;
  return typeof body.command === 'string' ? body.command : undefined;
}

/** Any of the answers a route may declare, as it is sent. */
interface Given {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly text?: string;
  readonly streamed?: true;
}

function send({ status, headers = {}, body, text, streamed }: Given, response: Response): void {
  if (streamed === true) return;
  response.status(status).set(headers);
  if (text !== undefined) response.send(text);
  else if (body !== undefined) response.json(body);
  else response.end();
}

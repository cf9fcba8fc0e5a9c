/** Calls the HTTP API and gives back what it says, or the problem it answered with. */

import { z } from 'zod';
import type { Lang } from '../engine/playbook/text.ts';
import { CliExit, EXIT } from './exit-codes.ts';
import type { ServerAddress } from './server-address.ts';

const text = z.object({ zh: z.string(), en: z.string() });
const at = z.object({ file: z.string(), line: z.number(), col: z.number() });
/** Leaves are shown by their wording only; what else they hold is for programs. */
const leaf = z.looseObject({
  truth: z.union([z.boolean(), z.literal('unknown')]),
  text: text.optional(),
  one_of: z.array(z.object({ choice: z.number(), way: z.number() })).default([]),
});

const reason = z.object({
  code: z.string(),
  message: text,
  about: z.string().optional(),
  rule: at.optional(),
  unmet: z.array(leaf).default([]),
  people: z.array(z.object({ person: z.string(), name: z.string() })).default([]),
  notes: z.array(z.object({ knowledge: z.string(), title: text })).default([]),
  under_way: z.array(text).default([]),
  waiver: z.object({ can_grant: z.array(z.object({ name: z.string() })), at_most: text }).optional(),
  changes: z.array(z.object({ text })).default([]),
});

const problemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  kind: z.enum(['invalid', 'forbidden', 'refusal', 'fault', 'diagnostic']),
  problems: z.array(z.object({ code: z.string(), path: z.string(), message: text })).optional(),
  reasons: z.array(reason).optional(),
  retry_with: z.string().optional(),
});

/** A reason from a good answer, read as leniently as those of problems. */
export function reasonOf(raw: unknown): ReasonSeen {
  return reason.parse(raw);
}

export type ReasonSeen = z.infer<typeof reason>;
export type ProblemSeen = z.infer<typeof problemDocument>;

/** The API said no, or that something is at fault. `raw` is the document as it came, for `--json`. */
export class ProblemAnswer extends Error {
  override readonly name = 'ProblemAnswer';
  readonly problem: ProblemSeen;
  readonly raw: unknown;

  constructor(problem: ProblemSeen, raw: unknown) {
    super(problem.detail);
    this.problem = problem;
    this.raw = raw;
  }
}

export type Query = Readonly<Record<string, string | undefined>>;

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  /** Sent as they are instead of `body`. */
  readonly bytes?: { readonly stream: ReadableStream; readonly size: number };
  readonly idempotencyKey?: string;
  readonly timeoutMs?: number;
}

/** Each throws ProblemAnswer for a problem document, CliExit when the server cannot be reached or is not Playrail. */
export interface ApiClient {
  /** `timeoutMs`: for answers that take the server long. */
  get<T>(path: string, query?: Query, timeoutMs?: number): Promise<T>;
  post<T>(path: string, body: unknown, idempotencyKey?: string, timeoutMs?: number): Promise<T>;
  remove(path: string): Promise<void>;
  /** The bytes are sent as they are. */
  upload<T>(path: string, query: Query, stream: ReadableStream, size: number): Promise<T>;
  /** The bytes as they come. */
  download(path: string): Promise<ReadableStream>;
}

const TIMEOUT_MS = 30_000;
/** Large files over slow lines. */
const FILE_TIMEOUT_MS = 10 * 60_000;

export function createApiClient(address: ServerAddress, lang: Lang): ApiClient {
  function unreachable({ idempotencyKey }: Call, why: string): CliExit {
    const retry =
      idempotencyKey === undefined
        ? { zh: '', en: '' }
        : {
            zh: `\n结果未知：用 --idempotency-key ${idempotencyKey} 重试，命令只会生效一次`,
            en: `\noutcome unknown: try again with --idempotency-key ${idempotencyKey}; the command counts only once`,
          };
    return new CliExit(EXIT.fault, {
      zh: `连不上 ${address.url}（${why}）。服务是否在运行？用 \`playrail serve\` 启动，或用 --url 指定地址${retry.zh}`,
      en: `cannot reach ${address.url} (${why}). Is it running? Start it with \`playrail serve\`, or name another with --url${retry.en}`,
    });
  }

  async function send(call: Call): Promise<Response> {
    const url = new URL(address.url + call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return fetch(url, {
      method: call.method,
      signal: AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS),
      headers: {
        accept: 'application/json',
        'accept-language': lang,
        ...(address.key !== undefined && { authorization: `Bearer ${address.key}` }),
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
        ...(call.bytes !== undefined && {
          'content-type': 'application/octet-stream',
          'content-length': String(call.bytes.size),
        }),
        ...(call.idempotencyKey !== undefined && { 'idempotency-key': call.idempotencyKey }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      ...(call.bytes !== undefined && { body: call.bytes.stream, duplex: 'half' }),
    }).catch((error: unknown) => {
      const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : undefined;
      const code = cause !== undefined && 'code' in cause ? String(cause.code) : (cause?.message ?? 'unknown');
      throw unreachable(call, code);
    });
  }

  /** @throws ProblemAnswer, or CliExit for what is no answer of Playrail's */
  async function read(call: Call, response: Response): Promise<unknown> {
    const body = await response.text();
    const isJson = /^application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '');
    if (response.ok && body === '') return undefined;
    if (!isJson) throw unreachable(call, `HTTP ${response.status}`);
    const raw: unknown = JSON.parse(body);
    if (response.ok) return raw;
    const problem = problemDocument.safeParse(raw);
    if (!problem.success) throw unreachable(call, String(response.status));
    throw new ProblemAnswer(problem.data, raw);
  }

  const call = async (one: Call): Promise<unknown> => read(one, await send(one));

  // The bodies of good answers are taken as the API of this same version types them.
  return {
    get: async <T>(path: string, query: Query = {}, timeoutMs: number = TIMEOUT_MS) =>
      (await call({ method: 'GET', path, query, timeoutMs })) as T,
    post: async <T>(path: string, body: unknown, idempotencyKey?: string, timeoutMs: number = TIMEOUT_MS) => {
      const key = idempotencyKey === undefined ? {} : { idempotencyKey };
      return (await call({ method: 'POST', path, body, timeoutMs, ...key })) as T;
    },
    remove: async (path) => {
      await call({ method: 'DELETE', path });
    },
    upload: async <T>(path: string, query: Query, stream: ReadableStream, size: number) =>
      (await call({ method: 'POST', path, query, bytes: { stream, size }, timeoutMs: FILE_TIMEOUT_MS })) as T,
    download: async (path) => {
      const asked: Call = { method: 'GET', path, timeoutMs: FILE_TIMEOUT_MS };
      const response = await send(asked);
      const { body } = response;
      if (!response.ok) await read(asked, response);
      if (body === null) throw unreachable(asked, 'no body');
      return body;
    },
  };
}

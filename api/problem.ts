/** The problem document (RFC 9457) that every error of the API is, and the table of what can go wrong. */

import { z } from 'zod';
import type { Problem } from '../engine/case/outcome.ts';
import { FAULT_CAUSES, type FaultCause } from '../engine/fault.ts';
import type { Diagnostic } from '../engine/language/diagnostics/diagnostic.ts';
import type { Lang, Text } from '../engine/playbook/text.ts';
import { type ReasonView, reasonShape } from './views/reason-view.ts';
import { at, list, text } from './wire/shapes.ts';

const problemKind = z.enum(['invalid', 'forbidden', 'refusal', 'fault', 'diagnostic']);

export type ProblemKind = z.output<typeof problemKind>;

interface ProblemType {
  readonly status: number;
  readonly kind: ProblemKind;
  readonly title: Text;
}

export const PROBLEM_TYPES = {
  'malformed-json': {
    status: 400,
    kind: 'invalid',
    title: { zh: '请求体不是合法的 JSON', en: 'The body is not JSON' },
  },
  'invalid-request': { status: 400, kind: 'invalid', title: { zh: '请求不合格式', en: 'The request is malformed' } },
  'api-key-missing': { status: 401, kind: 'forbidden', title: { zh: '缺少 API 密钥', en: 'An API key is needed' } },
  'api-key-unknown': { status: 401, kind: 'forbidden', title: { zh: 'API 密钥无效', en: 'The API key is not valid' } },
  forbidden: { status: 403, kind: 'forbidden', title: { zh: '没有权限', en: 'Not allowed' } },
  'not-found': { status: 404, kind: 'invalid', title: { zh: '不存在', en: 'Not found' } },
  'unknown-route': { status: 404, kind: 'invalid', title: { zh: '没有这个地址', en: 'No such address' } },
  'method-not-allowed': { status: 405, kind: 'invalid', title: { zh: '该地址不支持此方法', en: 'Method not allowed' } },
  'request-timeout': {
    status: 408,
    kind: 'invalid',
    title: { zh: '请求未及时到齐', en: 'The request took too long to arrive' },
  },
  refused: { status: 409, kind: 'refusal', title: { zh: '规则不允许', en: 'The rules say no' } },
  'feed-restarted': { status: 410, kind: 'invalid', title: { zh: '事件流已重新开始', en: 'The feed began anew' } },
  'body-too-large': { status: 413, kind: 'invalid', title: { zh: '请求体过大', en: 'The body is too large' } },
  'unsupported-media-type': {
    status: 415,
    kind: 'invalid',
    title: { zh: '不支持的媒体类型', en: 'Unsupported media type' },
  },
  unfitting: { status: 422, kind: 'invalid', title: { zh: '命令与剧本不符', en: 'The command does not fit' } },
  'playbook-errors': { status: 422, kind: 'diagnostic', title: { zh: '剧本有错误', en: 'The playbooks have errors' } },
  'too-many-requests': { status: 429, kind: 'fault', title: { zh: '请求过于频繁', en: 'Too many requests' } },
  'headers-too-large': {
    status: 431,
    kind: 'invalid',
    title: { zh: '地址或请求头过长', en: 'Address or headers too long' },
  },
  internal: { status: 500, kind: 'fault', title: { zh: '内部故障', en: 'Internal fault' } },
  unavailable: { status: 503, kind: 'fault', title: { zh: '服务暂不可用', en: 'Temporarily unavailable' } },
  'outcome-unknown': {
    status: 503,
    kind: 'fault',
    title: { zh: '结果未知，请用同一密钥重试', en: 'Outcome unknown, retry with this key' },
  },
} as const satisfies Record<string, ProblemType>;

export type ProblemCode = keyof typeof PROBLEM_TYPES;

/** What a particular problem adds to its type. */
export interface ProblemMembers {
  /** One per thing wrong with the request; `path` is a JSON pointer into the body, or `/query/…`, `/headers/…`. */
  readonly problems?: readonly Problem[];
  /** One per unmet criterion. */
  readonly reasons?: readonly ReasonView[];
  readonly diagnostics?: readonly Diagnostic[];
  /** Of a fault. */
  readonly cause?: FaultCause;
  /** Seconds, also sent as the header Retry-After. */
  readonly retryAfterSeconds?: number;
  /** The Idempotency-Key with which the same command may be sent again. */
  readonly retryWith?: string;
  /** The journal entry that keeps a refusal. */
  readonly entry?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown inside the API only, and answered by `sendProblem`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ProblemCode;
  readonly detail: Text;
  readonly members: ProblemMembers;

  constructor(code: ProblemCode, detail: Text, members: ProblemMembers = {}) {
    super(detail.en);
    this.code = code;
    this.detail = detail;
    this.members = members;
  }
}

const problem = z
  .strictObject({
    code: z.string(),
    path: z.string().meta({ description: 'A JSON pointer into the body, or `/query/…`, `/headers/…`.' }),
    message: text,
  })
  .meta({ id: 'FieldProblem' });

export const diagnostic = z
  .strictObject({
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    at,
    end_col: z.number().exactOptional(),
    message: text,
    hint: text.exactOptional(),
    related: list(z.strictObject({ at, message: text })).exactOptional(),
  })
  .meta({ id: 'Diagnostic', description: 'A finding in a playbook, at the word its author must change.' });

// Object.keys forgets that the keys are the causes.
const FAULT_CODES = Object.keys(FAULT_CAUSES) as FaultCause[];

export const problemShape = z
  .strictObject({
    type: z.string().meta({ description: '`urn:playrail:problem:` and the code.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'The path that was asked for.' }),
    kind: problemKind,
    problems: list(problem).exactOptional().meta({ description: 'One for each thing wrong with the request.' }),
    reasons: list(reasonShape).exactOptional().meta({ description: 'One for each unmet criterion.' }),
    diagnostics: list(diagnostic).exactOptional(),
    cause: z
      .enum(FAULT_CODES)
      .exactOptional()
      .meta({ description: 'What is at fault; `docs/operations.md` says what to do about each.' }),
    entry: z.int().exactOptional().meta({ description: 'The journal entry that keeps a refusal.' }),
    retry_with: z.string().exactOptional().meta({ description: 'The Idempotency-Key to send the same command with.' }),
    retry_after_seconds: z.int().exactOptional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. Texts are in the language that Accept-Language asks for.' });

export type ProblemDocument = z.output<typeof problemShape>;

/** The `type` of a problem document. */
export function problemUrn(code: ProblemCode): string {
  return `urn:playrail:problem:${code}`;
}

/** `instance` is the path that was asked for. */
export function problemDocument(problem: ApiProblem, lang: Lang, instance: string): ProblemDocument {
  const type: ProblemType = PROBLEM_TYPES[problem.code];
  const { problems, reasons, diagnostics, entry, cause, retryAfterSeconds, retryWith } = problem.members;
  return {
    type: problemUrn(problem.code),
    title: type.title[lang],
    status: type.status,
    detail: problem.detail[lang],
    instance,
    kind: type.kind,
    ...(cause && { cause }),
    ...(problems && { problems }),
    ...(reasons && { reasons }),
    ...(diagnostics && { diagnostics }),
    ...(entry !== undefined && { entry }),
    ...(retryWith !== undefined && { retry_with: retryWith }),
    ...(retryAfterSeconds !== undefined && { retry_after_seconds: retryAfterSeconds }),
  };
}

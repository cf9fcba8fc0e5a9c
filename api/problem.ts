/** The problem document (RFC 9457) that every error of the API is, and the table of what can go wrong. */

import type { Problem, Reason } from '../engine/case/outcome.ts';
import type { FaultCause } from '../engine/fault.ts';
import type { Diagnostic } from '../engine/language/diagnostics/diagnostic.ts';
import type { Lang, Text } from '../engine/playbook/text.ts';

export type ProblemKind = 'invalid' | 'forbidden' | 'refusal' | 'fault' | 'diagnostic';

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
  refused: { status: 409, kind: 'refusal', title: { zh: '规则不允许', en: 'The rules say no' } },
  'body-too-large': { status: 413, kind: 'invalid', title: { zh: '请求体过大', en: 'The body is too large' } },
  'unsupported-media-type': {
    status: 415,
    kind: 'invalid',
    title: { zh: '不支持的媒体类型', en: 'Unsupported media type' },
  },
  unfitting: { status: 422, kind: 'invalid', title: { zh: '命令与剧本不符', en: 'The command does not fit' } },
  'playbook-errors': { status: 422, kind: 'diagnostic', title: { zh: '剧本有错误', en: 'The playbooks have errors' } },
  'too-many-requests': { status: 429, kind: 'fault', title: { zh: '请求过于频繁', en: 'Too many requests' } },
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
  readonly reasons?: readonly Reason[];
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

export interface ProblemDocument
  extends Pick<ProblemMembers, 'problems' | 'reasons' | 'diagnostics' | 'entry' | 'cause'> {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly kind: ProblemKind;
  readonly retry_with?: string;
  readonly retry_after_seconds?: number;
}

/** `instance` is the path that was asked for. */
export function problemDocument(problem: ApiProblem, lang: Lang, instance: string): ProblemDocument {
  const type: ProblemType = PROBLEM_TYPES[problem.code];
  const { problems, reasons, diagnostics, entry, cause, retryAfterSeconds, retryWith } = problem.members;
  return {
    type: `urn:playrail:problem:${problem.code}`,
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

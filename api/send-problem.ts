/** Answers whatever was thrown while a request was handled with a problem document. */

import type { NextFunction, Request, Response } from 'express';
import { FAULT_CAUSES } from '../engine/fault.ts';
import { causeOf } from '../store/cause-of.ts';
import { safeError } from '../store/safe-error.ts';
import type { ApiDeps } from './deps.ts';
import { ApiProblem, problemDocument } from './problem.ts';
import { requestLang } from './request-lang.ts';
import { noteRequest, routeOf } from './request-log.ts';
import { temporalCauseOf } from './temporal-cause.ts';

/** What the body parser throws: `type` tells what (a body that cannot be unpacked has none), `limit` is in bytes. */
interface ParserError {
  readonly type?: string;
  readonly limit?: number;
}

function isParserError(error: unknown): error is ParserError {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return false;
  return error.status >= 400 && error.status < 500 && (!('type' in error) || typeof error.type === 'string');
}

function problemOfParser(error: ParserError): ApiProblem {
  if (error.type === 'entity.too.large') {
    const kb = Math.floor((error.limit ?? 0) / 1024);
    return new ApiProblem('body-too-large', { zh: `请求体最多 ${kb} kB`, en: `the body may have at most ${kb} kB` });
  }
  if (error.type === 'entity.parse.failed') {
    return new ApiProblem('malformed-json', {
      zh: '请求体不是合法的 JSON 对象或列表',
      en: 'the body is not a JSON object or list',
    });
  }
  if (error.type === 'encoding.unsupported' || error.type === 'charset.unsupported') {
    return new ApiProblem('unsupported-media-type', {
      zh: '请求体应为 UTF-8 的 JSON，可用 gzip、deflate 或 br 压缩',
      en: 'the body must be JSON in UTF-8, compressed by gzip, deflate or br if at all',
    });
  }
  return new ApiProblem('malformed-json', { zh: '请求体没有完整到达', en: 'the body did not arrive whole' });
}

/** The Idempotency-Key, when the request had a usable one: after a fault the same command may be sent again with it. */
function retryKeyOf(request: Request): { retryWith?: string } {
  const key = request.get('Idempotency-Key');
  return key === undefined ? {} : { retryWith: key };
}

function problemOf(error: unknown, request: Request, isDiskFull: boolean): ApiProblem {
  if (error instanceof ApiProblem) return error;
  // Express gives it a status as well.
  if (error instanceof URIError) {
    return new ApiProblem('invalid-request', { zh: '地址的编码有误', en: 'the address is not encoded correctly' });
  }
  if (isParserError(error)) return problemOfParser(error);
  const met = causeOf(error) ?? temporalCauseOf(error) ?? 'defect';
  // What a full disk makes of the servers looks like many things.
  const cause = isDiskFull ? 'disk-full' : met;
  const { title, passes } = FAULT_CAUSES[cause];
  if (passes) {
    const detail = { zh: `${title.zh}，请稍后重试`, en: `${title.en}, try again in a moment` };
    return new ApiProblem('unavailable', detail, { cause, retryAfterSeconds: 2, ...retryKeyOf(request) });
  }
  const detail = { zh: `${title.zh}，已记入日志`, en: `${title.en}; it is in the log` };
  return new ApiProblem('internal', detail, { cause, ...retryKeyOf(request) });
}

/** The last middleware: Express knows an error handler by its four parameters. */
export function sendProblem({ log, isDiskFull = () => false }: Pick<ApiDeps, 'log' | 'isDiskFull'>) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const problem = problemOf(error, request, isDiskFull());
    const document = problemDocument(problem, requestLang(request), request.originalUrl.split('?')[0] ?? '/');
    noteRequest(response, { problem: problem.code, ...(document.cause !== undefined && { cause: document.cause }) });
    if (document.status >= 500) {
      const request_id = response.get('X-Request-Id');
      log.error(
        { request: request_id, route: routeOf(response), cause: document.cause, error: safeError(error) },
        problem.code,
      );
    }
    // Half an answer cannot be mended: the connection is cut so that the caller sees it.
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(document.status).set(problem.members.headers ?? {});
    if (problem.members.retryAfterSeconds !== undefined) {
      response.set('Retry-After', String(problem.members.retryAfterSeconds));
    }
    response.vary('Accept-Language').type('application/problem+json').send(JSON.stringify(document));
  };
}

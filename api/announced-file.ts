/** What a sender says of a file before it comes: name, media type, size, digest. */

import type { Request } from 'express';
import type { AnnouncedFile } from '../store/files/receive-file.ts';
import { ApiProblem } from './problem.ts';

/** @throws ApiProblem 400 for a digest that cannot be read, or two that differ; 415 for a body that is packed. */
export function announcedFile(
  request: Request,
  query: { readonly name: string; readonly sha256?: string },
): AnnouncedFile {
  if (!['', 'identity'].includes(request.get('Content-Encoding') ?? '')) {
    throw new ApiProblem('unsupported-media-type', {
      zh: '文件须原样上传，不用 Content-Encoding',
      en: 'a file is sent as it is, without Content-Encoding',
    });
  }
  const length = request.get('Content-Length');
  const digests = [query.sha256?.toLowerCase(), digestOf(request.get('Content-Digest'))].filter(
    (one) => one !== undefined,
  );
  const [sha256] = digests;
  if (new Set(digests).size > 1) throw unreadable();
  return {
    name: query.name,
    type: request.get('Content-Type') ?? '',
    ...(length !== undefined && { size: Number(length) }),
    ...(sha256 !== undefined && { sha256 }),
  };
}

/** RFC 9530: `sha-256=:base64:`, perhaps among other algorithms. */
function digestOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:,|$)/.exec(header)?.[1];
  if (base64 === undefined) throw unreadable();
  return Buffer.from(base64, 'base64').toString('hex');
}

export function contentDigest(sha256: string): string {
  return `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;
}

function unreadable(): ApiProblem {
  const message = {
    zh: '请求头 Content-Digest 应为 `sha-256=:…:`（RFC 9530），且与 sha256 参数一致',
    en: 'the header Content-Digest must be `sha-256=:…:` (RFC 9530) and say what the parameter sha256 says',
  };
  const problems = [{ code: 'digest-unreadable', path: '/headers/content-digest', message }];
  return new ApiProblem('invalid-request', message, { problems });
}

/** A file of this machine that a command is to name: uploaded first, then named by its hash. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { CaseFileView } from '../api/views/case-file.ts';
import type { ApiClient } from './api-client.ts';
import type { ClientContext } from './client-command.ts';
import { CliExit, EXIT } from './exit-codes.ts';

/** Stands in the body of a command until it is uploaded. */
export class LocalFile {
  readonly path: string;
  /** The answer it was given for. */
  readonly answer: string;

  constructor(path: string, answer: string) {
    this.path = path;
    this.answer = answer;
  }
}

/** @throws CliExit when there is no such file; ProblemAnswer when it is not taken */
export async function uploadFile(api: ApiClient, caseId: string, path: string): Promise<CaseFileView> {
  const size = await sizeOf(path);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const query = { name: basename(path).normalize('NFC'), sha256: hash.digest('hex') };
  // Node's own web streams are those of the platform; its types keep the two apart.
  const stream = Readable.toWeb(createReadStream(path)) as ReadableStream;
  return api.upload<CaseFileView>(`/v1/cases/${encodeURIComponent(caseId)}/files`, query, stream, size);
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() === true) return found.size;
  throw new CliExit(EXIT.usage, { zh: `没有文件 \`${path}\``, en: `there is no file \`${path}\`` });
}

/** The body with every file uploaded and named by its hash; says what was uploaded. */
export async function withUploads(
  { api, json, print, say }: ClientContext,
  caseId: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const named: Record<string, unknown> = { ...body };
  for (const member of ['with', 'fields']) {
    const answers = body[member];
    if (typeof answers !== 'object' || answers === null) continue;
    const read: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(answers)) {
      if (!(value instanceof LocalFile)) {
        read[name] = value;
        continue;
      }
      const file = await uploadFile(api, caseId, value.path).catch((error: unknown) => {
        throw error instanceof CliExit ? notThere(value, error) : error;
      });
      if (!json) print(say(`已上传 ${file.name}`, `uploaded ${file.name}`));
      read[name] = file.sha256;
    }
    named[member] = read;
  }
  return named;
}

/** Whoever means a text that begins with `@` is told how to write it. */
function notThere({ path, answer }: LocalFile, { text }: CliExit): CliExit {
  const literal = `${answer}:='"@${path}"'`;
  return new CliExit(EXIT.usage, {
    zh: `${text.zh}；若本来就是文字，请写 ${literal}`,
    en: `${text.en}; where it is meant as a text, write ${literal}`,
  });
}

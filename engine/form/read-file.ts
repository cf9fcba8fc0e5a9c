/** Reads what an answer names as a file into what the store knows of that file. */

import type { FileValue } from '../playbook/value.ts';
import { madeUpFile } from './made-up-file.ts';
import { problem, shown } from './problems.ts';
import type { ReadResult } from './read-value.ts';
import type { AnswerContext } from './value-spec.ts';

/** SHA-256 in lower case, as files are named by everywhere. */
export const FILE_HASH = /^[0-9a-f]{64}$/;

const MEMBERS = ['sha256', 'name', 'size', 'type'];

/**
 * A file is named by its hash, alone or as the `sha256` of the form it is kept in. Name, size and type are the store's, not
 * the sender's. @param path JSON pointer of the value
 */
export function readFile(raw: unknown, { files = {} }: AnswerContext, path: string): ReadResult {
  const named = nameIn(raw);
  const fail = (one: ReturnType<typeof problem>): ReadResult => ({ kind: 'problems', problems: [one] });
  if (files === 'made-up') {
    if (isFileValue(raw)) return { kind: 'value', value: raw };
    if (named !== undefined) return { kind: 'value', value: madeUpFile(named) };
  } else if (named !== undefined && FILE_HASH.test(named)) {
    const known = Object.hasOwn(files, named) ? files[named] : undefined;
    return known === undefined ? fail(problem('file-unknown', path, shown(named))) : { kind: 'value', value: known };
  }
  return fail(
    problem(
      'wrong-type',
      path,
      shown(raw),
      '上传到此案件的文件的 SHA-256（64 位十六进制）',
      'the SHA-256 of a file uploaded to this case, as 64 hexadecimal digits',
    ),
  );
}

function nameIn(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw.trim();
  if (typeof raw !== 'object' || raw === null || !('sha256' in raw) || typeof raw.sha256 !== 'string') return undefined;
  return Object.keys(raw).every((key) => MEMBERS.includes(key)) ? raw.sha256 : undefined;
}

/** The form it is kept in. */
export function isFileValue(value: unknown): value is FileValue {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== MEMBERS.length) return false;
  const { sha256, name, size, type } = value as Readonly<Partial<Record<keyof FileValue, unknown>>>;
  const isNamed = typeof sha256 === 'string' && FILE_HASH.test(sha256) && typeof name === 'string';
  return isNamed && typeof size === 'number' && Number.isSafeInteger(size) && typeof type === 'string';
}

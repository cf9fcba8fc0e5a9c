/** Reads a file that no mapping tells anything about: what it is, how it is encoded, and which line names its columns. */

import { type RawRow, readTable, tableOf, textRows } from '../../engine/mapping/read-table.ts';
import type { RowProblem, Table } from '../../engine/mapping/tables.ts';
import type { Encoding } from '../../engine/playbook/mapping.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { decodeText, isReally } from './decode-text.ts';
import { isWorkbookName, padded } from './read-tables.ts';
import { readWorkbook } from './read-workbook.ts';
import { whatItIs } from './what-it-is.ts';

export interface SampledFile {
  readonly table: Table;
  /** What a mapping must declare so that the file is read like this. */
  readonly encoding?: Encoding;
  readonly sheet?: string;
  readonly header_line?: number;
}

export type SampleResult =
  | { readonly ok: true; readonly sampled: SampledFile }
  | { readonly ok: false; readonly message: Text };

/** @param file its name, without a folder */
export async function sampleFile(file: string, bytes: Uint8Array): Promise<SampleResult> {
  const kind = whatItIs(bytes);
  const isText = kind === 'text' || kind === 'utf-16le' || kind === 'utf-16be';
  if (isWorkbookName(file) !== (kind === 'excel') || !(isText || kind === 'excel'))
    return { ok: false, message: isReally(kind) };
  return kind === 'excel' ? sampleWorkbook(file, bytes) : sampleText(file, bytes);
}

async function sampleWorkbook(file: string, bytes: Uint8Array): Promise<SampleResult> {
  let read = await readWorkbook(bytes);
  let sheet: string | undefined;
  // Of several sheets the first that holds a table is meant, until somebody says otherwise.
  for (const name of read.ok ? [] : (read.sheets ?? [])) {
    sheet = name;
    read = await readWorkbook(bytes, name);
    if (read.ok && read.rows.length > 1) break;
  }
  if (!read.ok) return read;
  const rows = padded(read.rows);
  return sampled(rows, (header_line) => tableOf(file, rows, header_line), sheet === undefined ? {} : { sheet });
}

function sampleText(file: string, bytes: Uint8Array): SampleResult | Promise<SampleResult> {
  const encoding = encodingOf(bytes);
  const decoded = decodeText(bytes, encoding);
  if (!decoded.ok) return decoded;
  const { text } = decoded;
  const rows = textRows(text, {});
  if ('badLine' in rows) {
    const whole = readTable(file, text);
    return { ok: false, message: whole.ok ? isReally('binary') : at(whole.problem) };
  }
  return sampled(rows, (form) => readTable(file, text, form), encoding === undefined ? {} : { encoding });
}

type HeaderForm = { readonly header_line?: number };

function sampled(
  rows: readonly RawRow[],
  read: (form: HeaderForm) => ReturnType<typeof tableOf>,
  declared: Pick<SampledFile, 'encoding' | 'sheet'>,
): SampleResult {
  const header = headerLine(rows);
  const form = header === undefined ? {} : { header_line: header };
  const result = read(form);
  if (!result.ok) return { ok: false, message: at(result.problem) };
  return { ok: true, sampled: { table: result.table, ...declared, ...form } };
}

function at({ line, message: { zh, en } }: RowProblem): Text {
  return { zh: `第 ${line} 行：${zh}`, en: `line ${line}: ${en}` };
}

const LOOKED_AT = 20;

/** Nothing where it is the first line that is not blank, which needs no telling. */
function headerLine(rows: readonly RawRow[]): number | undefined {
  const first = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')).slice(0, LOOKED_AT);
  const filled = (row: RawRow): number => row.cells.filter((cell) => cell.trim() !== '').length;
  const width = Math.max(0, ...first.map(filled));
  const header = first.find((row) => filled(row) >= width * 0.6);
  return header === undefined || header === first[0] ? undefined : header.line;
}

/** Nothing where the file says so itself. */
function encodingOf(bytes: Uint8Array): Encoding | undefined {
  const kind = whatItIs(bytes);
  if (kind === 'utf-16le' || kind === 'utf-16be') return bytes[0] === 0xff || bytes[0] === 0xfe ? undefined : 'utf-16';
  if (decodeText(bytes).ok) return undefined;
  const high = bytes.filter((byte) => byte >= 0x80);
  let paired = 0;
  for (let at = 1; at < bytes.length; at += 1)
    if ((bytes[at] ?? 0) >= 0xa1 && (bytes[at - 1] ?? 0) >= 0xa1) paired += 1;
  // Letters with marks stand alone among others; Chinese and Cyrillic come in runs, the latter's small letters at the top.
  if (paired < high.length * 0.4) return 'windows-1252';
  const top = high.filter((byte) => byte >= 0xe0).length;
  if (top > high.length * 0.7) return 'windows-1251';
  return decodeText(bytes, 'gbk').ok ? 'gbk' : 'windows-1252';
}

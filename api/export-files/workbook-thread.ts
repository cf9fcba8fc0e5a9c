/** The thread's side of `readWorkbook`: reads the one workbook it is given, posts the rows of its sheet, ends. */

import { Readable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import readXlsxFile from 'read-excel-file/node';
import type { RawRow } from '../../engine/mapping/read-table.ts';
import type { WorkbookAnswer } from './read-workbook.ts';
import { LARGEST_UNPACKED } from './unpacked-bytes.ts';

/** `readWorkbook` hands in nothing else. */
const { bytes, sheet } = workerData as { readonly bytes: Uint8Array; readonly sheet?: string };

/** Unpacked, this much is at most a thousand times as much. */
const PORTION = 16 * 1024;

class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** In portions, no more of them once what came out of those before is too much: an archive's directory may lie about it. */
function* portions(): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += PORTION) {
    // What lies outside the heap, whose limit does not hold for it.
    if (process.memoryUsage().arrayBuffers > bytes.byteLength + 1.5 * LARGEST_UNPACKED) throw new TooLarge();
    yield bytes.subarray(at, at + PORTION);
  }
}

async function answer(): Promise<WorkbookAnswer> {
  let sheets: Awaited<ReturnType<typeof readXlsxFile>>;
  try {
    sheets = await readXlsxFile(Readable.from(portions(), { objectMode: false }));
  } catch (error) {
    return { is: error instanceof TooLarge ? 'too-large' : 'broken' };
  }
  const names = sheets.map((one) => one.sheet);
  const chosen =
    sheet === undefined ? (sheets.length === 1 ? sheets[0] : undefined) : sheets.find((one) => one.sheet === sheet);
  if (chosen === undefined) return { is: 'no-sheet', sheets: names };
  const rows = chosen.data.map((cells, index): RawRow => ({ line: index + 1, cells: cells.map(textOf) }));
  return { is: 'rows', sheets: names, rows };
}

/** As the mapping reads it: days and times in ISO form, numbers as plain decimals. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) {
    const [day = '', time = ''] = cell.toISOString().split('T');
    return time.startsWith('00:00:00') ? day : `${day}T${time.slice(0, 8)}`;
  }
  if (typeof cell === 'number') return numberText(cell);
  return String(cell);
}

/** Fifteen digits, as Excel counts: 0.1 + 0.2 is shown as 0.3 there. */
function numberText(number: number): string {
  const rounded = Number(number.toPrecision(15));
  const text = String(rounded);
  return text.includes('e') ? rounded.toFixed(Math.abs(rounded) < 1 ? 15 : 0) : text;
}

parentPort?.postMessage(await answer());

/** Reads one sheet of an Excel workbook in a thread of its own, with limits: a file made to exhaust memory exhausts only that. */

import { Worker } from 'node:worker_threads';
import type { RawRow } from '../../engine/mapping/read-table.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { LARGEST_UNPACKED, unpackedBytes } from './unpacked-bytes.ts';

/** What the thread answers. */
export type WorkbookAnswer =
  | { readonly is: 'rows'; readonly sheets: readonly string[]; readonly rows: readonly RawRow[] }
  | { readonly is: 'no-sheet'; readonly sheets: readonly string[] }
  | { readonly is: 'too-large' }
  | { readonly is: 'broken' };

export type ReadWorkbook =
  | { readonly ok: true; readonly rows: readonly RawRow[]; readonly sheets: readonly string[] }
  | { readonly ok: false; readonly message: Text; readonly sheets?: readonly string[] };

/** Where TypeScript runs as it is (in tests), threads still run the built file. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/api/export-files/workbook-thread.js' : './workbook-thread.js',
  import.meta.url,
);

const PATIENCE_MS = 90_000;
const HEAP_MB = 2_048;

/** @param sheet absent: the only one */
export async function readWorkbook(bytes: Uint8Array, sheet?: string): Promise<ReadWorkbook> {
  const unpacked = unpackedBytes(bytes);
  if (unpacked === undefined) return { ok: false, message: BROKEN };
  if (unpacked > LARGEST_UNPACKED) return { ok: false, message: TOO_LARGE };
  const answer = await inThread(bytes, sheet);
  switch (answer?.is) {
    case undefined:
    case 'too-large':
      return { ok: false, message: TOO_LARGE };
    case 'broken':
      return { ok: false, message: BROKEN };
    case 'no-sheet':
      return { ok: false, message: noSheet(sheet, answer.sheets), sheets: answer.sheets };
    case 'rows':
      return { ok: true, rows: answer.rows, sheets: answer.sheets };
  }
}

/** Nothing where it took too long or too much memory. */
function inThread(bytes: Uint8Array, sheet: string | undefined): Promise<WorkbookAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, {
      workerData: { bytes, sheet },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      stdout: true,
      stderr: true,
    });
    const timer = setTimeout(() => settle(() => resolve(undefined)), PATIENCE_MS);
    function settle(answer: () => void): void {
      clearTimeout(timer);
      void thread.terminate();
      answer();
    }
    thread.on('message', (message: WorkbookAnswer) => settle(() => resolve(message)));
    thread.on('error', (error: Error & { code?: string }) => {
      settle(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(undefined) : reject(error)));
    });
  });
}

const BROKEN: Text = {
  zh: 'Excel 工作簿已损坏或有密码；在 Excel 里打开，去掉密码并另存为 .xlsx',
  en: 'the workbook is broken or has a password; open it in Excel and save it again as .xlsx without one',
};

const TOO_LARGE: Text = {
  zh: 'Excel 工作簿展开后太大，不读取；另存为 CSV 再导入',
  en: 'the workbook unpacks to too much to be read; save the sheet as CSV and import that',
};

function noSheet(sheet: string | undefined, sheets: readonly string[]): Text {
  const list = sheets
    .slice(0, 20)
    .map((name) => `\`${name}\``)
    .join(', ');
  return sheet === undefined
    ? {
        zh: `工作簿有几张表：${list}；在映射的表里写 sheet`,
        en: `the workbook has several sheets: ${list}; say which with \`sheet\` in the table of the mapping`,
      }
    : { zh: `工作簿没有表 \`${sheet}\`；有 ${list}`, en: `the workbook has no sheet \`${sheet}\`, only ${list}` };
}

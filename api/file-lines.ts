/** How an uploaded text differs from the one that was reviewed before, line by line: what hashes alone cannot tell. */

import { pipeline } from 'node:stream/promises';
import { lineChanges } from '../engine/parts/approval/content.ts';
import type { FileValue, Value } from '../engine/playbook/value.ts';
import type { FileStore } from '../store/files/file-store.ts';
import { provenBytes } from '../store/files/proven-bytes.ts';
import type { CaseDetail } from './views/case-detail.ts';
import type { ChangeView } from './views/change-view.ts';
import { linesText } from './views/change-view.ts';

/** Larger texts are told by their hash: nobody reads a difference of that size in a terminal. */
const MOST_BYTES = 256 * 1024;

/** The same case, its changes of text files told by lines; as it was where the process has no place for files. */
export async function withFileLines(detail: CaseDetail, store: FileStore | undefined): Promise<CaseDetail> {
  if (store === undefined) return detail;
  const tell = (change: ChangeView): Promise<ChangeView> => withLines(change, store);
  const approvals = await Promise.all(
    detail.approvals.map(async (approval) => ({
      ...approval,
      steps: await Promise.all(
        approval.steps.map(async (step) =>
          step.changes === undefined ? step : { ...step, changes: await Promise.all(step.changes.map(tell)) },
        ),
      ),
    })),
  );
  return { ...detail, approvals };
}

async function withLines(change: ChangeView, store: FileStore): Promise<ChangeView> {
  const { before, after } = change;
  if (!isShortText(before) || !isShortText(after)) return change;
  const [was, is] = await Promise.all([textOf(before, store), textOf(after, store)]);
  if (was === undefined || is === undefined) return change;
  const lines = lineChanges(was.split(/\r?\n/u), is.split(/\r?\n/u));
  const told = linesText(lines);
  const { text } = change;
  return { ...change, lines: [...lines], text: { zh: `${text.zh}，${told.zh}`, en: `${text.en}, ${told.en}` } };
}

function isShortText(value: Value | undefined): value is FileValue {
  return typeof value === 'object' && 'sha256' in value && value.type.startsWith('text/') && value.size <= MOST_BYTES;
}

/** Absent where its bytes are gone, or are others by now: the download says so to whoever asks for them. */
async function textOf({ sha256 }: FileValue, store: FileStore): Promise<string | undefined> {
  try {
    const bytes = await store.read(sha256);
    if (bytes === undefined) return undefined;
    const chunks: Buffer[] = [];
    await pipeline(bytes, provenBytes(sha256), async (proven: AsyncIterable<Buffer>) => {
      for await (const chunk of proven) chunks.push(chunk);
    });
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return undefined;
  }
}

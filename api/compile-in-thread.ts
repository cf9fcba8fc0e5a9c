/** Compiles playbooks in a thread of its own, so that a file made to exhaust the parser exhausts only that thread. */

import { Worker } from 'node:worker_threads';
import type { CompiledSet, SourceFile } from '../engine/language/compile-set.ts';
import { collector } from '../engine/language/diagnostics/report.ts';

/** Where TypeScript runs as it is (in tests), threads still run the built file. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../dist/api/compile-thread.js' : './compile-thread.js',
  import.meta.url,
);

const LOADING_MS = 20_000;

export interface Patience {
  readonly ms: number;
  /** Added for each kB: honest playbooks take a small part of this. */
  readonly msPerKb: number;
  readonly heapMb: number;
}

/** What is looked at before parsing keeps any file below a second; this is for what nobody thought of, on a busy machine too. */
const PATIENCE: Patience = { ms: 5_000, msPerKb: 10, heapMb: 256 };

/** What the thread says: it is loaded, it begins with a file, it is done. */
export type ThreadMessage = 'ready' | { readonly reading: string } | { readonly done: CompiledSet };

/** Checks and compiles. Files that take too long or too much memory are a finding at the file it was in; no honest playbook does. */
export function compileInThread(files: readonly SourceFile[], patience: Patience = PATIENCE): Promise<CompiledSet> {
  const kb = files.reduce((sum, file) => sum + file.text.length, 0) / 1024;
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, {
      workerData: files,
      resourceLimits: { maxOldGenerationSizeMb: patience.heapMb },
      stdout: true,
      stderr: true,
    });
    let reading = files[0]?.path ?? '';
    let timer = setTimeout(giveUp, LOADING_MS);
    function giveUp(): void {
      settle(() => resolve(tooHeavy(reading)));
    }
    function settle(answer: () => void): void {
      clearTimeout(timer);
      void thread.terminate();
      answer();
    }
    thread.on('message', (message: ThreadMessage) => {
      if (message === 'ready') {
        clearTimeout(timer);
        timer = setTimeout(giveUp, patience.ms + kb * patience.msPerKb);
      } else if ('reading' in message) {
        reading = message.reading;
      } else {
        settle(() => resolve(message.done));
      }
    });
    thread.on('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') giveUp();
      else settle(() => reject(error));
    });
  });
}

function tooHeavy(file: string): CompiledSet {
  const { report, diagnostics } = collector();
  report('too-heavy', { at: { file, line: 1, col: 1 } });
  return { scenarios: [], diagnostics };
}

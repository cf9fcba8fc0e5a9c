/** Compiles playbooks in a thread of its own, so that a file made to exhaust the parser exhausts only that thread. */

import { Worker } from 'node:worker_threads';
import type { CompiledSet, SourceFile } from '../engine/language/compile-set.ts';

/** Where TypeScript runs as it is (in tests), threads still run the built file. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../dist/api/compile-thread.js' : './compile-thread.js',
  import.meta.url,
);

const LOADING_MS = 20_000;
const PATIENCE_MS = 1_000;
/** Honest playbooks take a small part of this. */
const PATIENCE_PER_KB_MS = 10;
const HEAP_MB = 256;

export type ThreadResult = { readonly ok: true; readonly compiled: CompiledSet } | { readonly ok: false };

/** `ok` is false when the files took too long or too much memory: no honest playbook does. */
export function compileInThread(files: readonly SourceFile[]): Promise<ThreadResult> {
  const kb = files.reduce((sum, file) => sum + file.text.length, 0) / 1024;
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, {
      workerData: files,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      stdout: true,
      stderr: true,
    });
    let timer = setTimeout(giveUp, LOADING_MS);
    function giveUp(): void {
      settle(() => resolve({ ok: false }));
    }
    function settle(answer: () => void): void {
      clearTimeout(timer);
      void thread.terminate();
      answer();
    }
    thread.on('message', (message: 'ready' | CompiledSet) => {
      if (message === 'ready') {
        clearTimeout(timer);
        timer = setTimeout(giveUp, PATIENCE_MS + kb * PATIENCE_PER_KB_MS);
      } else {
        settle(() => resolve({ ok: true, compiled: message }));
      }
    });
    thread.on('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') giveUp();
      else settle(() => reject(error));
    });
  });
}

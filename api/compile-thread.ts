/** The thread's side of `compileInThread`: compiles the one set it is given, posts the result, ends. */

import { parentPort, workerData } from 'node:worker_threads';
import { compileSet, type SourceFile } from '../engine/language/compile-set.ts';
import { sha256 } from '../store/hash.ts';

// Loading is done: from here on the clock of the caller's patience runs.
parentPort?.postMessage('ready');
// `compileInThread` hands in nothing else.
const { set, diagnostics, scenarios } = compileSet(workerData as readonly SourceFile[], { sha256 });
parentPort?.postMessage({ set, diagnostics, scenarios });

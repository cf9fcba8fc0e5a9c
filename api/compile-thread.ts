/** The thread's side of `compileInThread`: compiles the one set it is given, saying which file it is in, posts the result, ends. */

import { parentPort, workerData } from 'node:worker_threads';
import { compileSet, type SourceFile } from '../engine/language/compile-set.ts';
import { sha256 } from '../store/hash.ts';
import type { ThreadMessage } from './compile-in-thread.ts';

const say = (message: ThreadMessage) => parentPort?.postMessage(message);

// Loading is done: from here on the clock of the caller's patience runs.
say('ready');
// `compileInThread` hands in nothing else.
const files = workerData as readonly SourceFile[];
say({ done: compileSet(files, { sha256, onFile: (path) => say({ reading: path }) }) });

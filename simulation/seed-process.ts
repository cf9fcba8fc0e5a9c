/** A process of its own that lives one seed after another, as it is asked to. */

import { constants, setPriority } from 'node:os';
import type { Parameters } from './parameters.ts';
import { runSeed } from './run-seed.ts';

// A search of minutes gives way to whatever somebody waits for.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

process.on('message', (parameters: Parameters) => {
  process.send?.(runSeed(parameters));
});

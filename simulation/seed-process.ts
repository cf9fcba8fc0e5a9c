/** A process of its own that lives one seed after another, as it is asked to. */

import type { Parameters } from './parameters.ts';
import { runSeed } from './run-seed.ts';

process.on('message', (parameters: Parameters) => {
  process.send?.(runSeed(parameters));
});

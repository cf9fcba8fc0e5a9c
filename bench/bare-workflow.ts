/** The least an entity can be: a workflow that counts its commands and writes nothing. What Temporal itself costs. */

import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

export const BARE_UPDATE = 'count';

export async function bareWorkflow(): Promise<void> {
  let count = 0;
  setHandler(defineUpdate<number, [unknown]>(BARE_UPDATE), () => {
    count += 1;
    return count;
  });
  await condition(() => false);
}

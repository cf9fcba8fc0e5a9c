/** Has everybody who sells hear what their figures say now: by night, and after an import, which changes them all at once. */

import type { PlaybookSet } from '../engine/playbook/set.ts';
import { SYSTEM } from '../engine/who/rights.ts';
import { sha256 } from '../store/hash.ts';
import type { Store } from '../store/open-store.ts';
import { currentPeople } from '../store/watched-cases.ts';
import { diagnoseReps } from './diagnose-reps.ts';
import { type Sender, signalCommand } from './send-to-entity.ts';

/** How many people had something new. The id says the day and what was found: however many workers look, it is heard once. */
export async function lookAtReps(
  { store, ...sender }: Sender & { readonly store: Store },
  playbook: PlaybookSet,
  now: string,
): Promise<number> {
  const looks = await diagnoseReps(store, playbook, await currentPeople(store), now);
  for (const { person, body, known = {} } of looks) {
    const id = `diagnosis:${now.slice(0, 10)}:${sha256(JSON.stringify([body, known])).slice(0, 16)}`;
    await signalCommand(sender, { kind: 'person', id: person }, { id, actor: SYSTEM, body });
  }
  return looks.length;
}

/** Gives what was in the hands of somebody who has left to somebody who is there. */

import { personOf, superiorsOf } from '../who/reporting-line.ts';
import { administrators } from '../who/resolve-who.ts';
import type { Draft } from './draft.ts';

/** Nothing where the person is there. @param successor named when they left */
export function handToHeir(draft: Draft, person: string, successor?: string): void {
  const heir = hasLeft(draft, person) ? heirOf(draft, person, successor) : undefined;
  if (heir === undefined) return;
  if (draft.view.state.owner === person) draft.add({ event: 'handed_over', from: person, to: heir, because: 'left' });
  for (const [task, { owner, done_at }] of Object.entries(draft.view.state.tasks)) {
    if (owner === person && done_at === undefined)
      draft.add({ event: 'task_handed_over', task, from: person, to: heir });
  }
}

function hasLeft({ view: { world } }: Draft, person: string): boolean {
  return personOf(world.people, person)?.active !== true;
}

/**
 * The successor, else the nearest active superior, else an administrator: who owns from now on, so that an absence of
 * some days does not matter. Absent only where nobody at all is left.
 */
function heirOf({ view: { world, at } }: Draft, person: string, successor: string | undefined): string | undefined {
  const { people } = world;
  if (successor !== undefined && personOf(people, successor)?.active === true) return successor;
  return superiorsOf(people, person).find((superior) => superior.active)?.person ?? administrators(people, at)[0];
}

/** `people_changed`: somebody on whom the case may depend is away, back, placed elsewhere or gone. */

import { personOf, superiorsOf } from '../../who/reporting-line.ts';
import { administrators } from '../../who/resolve-who.ts';
import { askAnew } from '../ask-anew.ts';
import { type CommandContext, draftOf, type Handler } from './handler.ts';

/** The case goes to somebody before anybody is asked, as who is asked depends on its owner. */
export const peopleChanged: Handler<'people_changed'> = (context, { person, successor }) => {
  const draft = draftOf(context);
  if (context.state.finished) return draft.accepted();
  const heir = hasLeft(context, person) ? heirOf(context, person, successor) : undefined;
  if (heir !== undefined) {
    if (context.state.owner === person) draft.add({ event: 'handed_over', from: person, to: heir, because: 'left' });
    for (const [task, { owner, done_at }] of Object.entries(draft.view.state.tasks)) {
      if (owner === person && done_at === undefined)
        draft.add({ event: 'task_handed_over', task, from: person, to: heir });
    }
  }
  askAnew(draft);
  return draft.accepted();
};

function hasLeft({ world }: CommandContext, person: string): boolean {
  return personOf(world.people, person)?.active !== true;
}

/**
 * The successor, else the nearest active superior, else an administrator: who owns from now on, so that an absence of
 * some days does not matter. Absent only where nobody at all is left.
 */
function heirOf({ world, at }: CommandContext, person: string, successor: string | undefined): string | undefined {
  const { people } = world;
  if (successor !== undefined && personOf(people, successor)?.active === true) return successor;
  return superiorsOf(people, person).find((superior) => superior.active)?.person ?? administrators(people, at)[0];
}

/** `plan_task`, `complete_task`: what somebody will do next, and that it is done. */

import { shown } from '../../form/problems.ts';
import { endOfDay, localDate } from '../../time/calendar.ts';
import { actsFor } from '../../who/substitutes.ts';
import { checkPerson } from '../check-person.ts';
import { endStallByActivity } from '../clock.ts';
import { lookUp } from '../look-up.ts';
import { forbidden, invalid, misfit, refusal, refused } from '../no.ts';
import { nextTaskId } from '../task-id.ts';
import { draftOf, type Handler } from './handler.ts';

/** A task is due when its day is over. */
export const planTask: Handler<'plan_task'> = (
  context,
  { task, title, due_on: dueOn, owner = context.state.owner },
) => {
  const { world, calendar, state, at } = context;
  const nobody = owner === state.owner ? undefined : checkPerson(world.people, owner, '/owner');
  if (nobody !== undefined) return invalid(nobody);
  if (dueOn !== undefined && dueOn < localDate(calendar, at)) return invalid(misfit('date-in-past', '/due_on'));
  if (task !== undefined && lookUp(state.tasks, task) !== undefined) {
    return refused(refusal('task-exists', [task], { about: `task ${task}` }));
  }
  const entry = { title, owner, ...(dueOn !== undefined && { due_at: endOfDay(calendar, dueOn) }) };
  return draftOf(context)
    .add({ event: 'task_planned', task: task ?? nextTaskId(state.tasks), entry })
    .accepted();
};

/** By the task's owner or the case's, or who steps in for one of them: nobody else knows that it is done. */
export const completeTask: Handler<'complete_task'> = (context, { task, note }) => {
  const { state, actor, at, world } = context;
  const entry = lookUp(state.tasks, task);
  if (entry === undefined) return invalid(misfit('task-unknown', '/task', shown(task)));
  const isTheirs = [entry.owner, state.owner].some((owner) => actsFor(world.people, actor, owner, at));
  if (!isTheirs) return forbidden('not-your-task', task);
  if (entry.done_at !== undefined) return refused(refusal('task-done', [task], { about: `task ${task}` }));
  const draft = draftOf(context).add({ event: 'task_completed', task, ...(note !== undefined && { note }) });
  endStallByActivity(draft, at);
  return draft.accepted();
};

/** The id of a task that its planner did not name: `t1`, `t2`, … */

import { lookUp } from './look-up.ts';
import type { TaskEntry } from './state.ts';

export function nextTaskId(tasks: Readonly<Record<string, TaskEntry>>): string {
  let number = Object.keys(tasks).length + 1;
  while (lookUp(tasks, `t${number}`) !== undefined) number += 1;
  return `t${number}`;
}

/** What an action does to the case itself; its messages and webhooks go out by `effectsOf`. */

import type { Action } from '../playbook/action.ts';
import { addDuration } from '../time/calendar.ts';
import { personOf } from '../who/reporting-line.ts';
import { resolveWho } from '../who/resolve-who.ts';
import { type CaseView, whoContextOf } from './case-view.ts';
import { startChildren } from './children/start-children.ts';
import type { Draft, HappeningOf } from './draft.ts';
import { nextTaskId } from './task-id.ts';

/** @param key tells the cases it starts from others of the same pipeline */
export function act(draft: Draft, action: Action, key?: string): void {
  const { view } = draft;
  switch (action.kind) {
    case 'task':
      draft.add(plannedTask(view, action));
      return;
    case 'require':
      draft.add({ event: 'evidence_required', evidence: action.evidence });
      return;
    case 'flag':
      draft.add({ event: 'flagged', flag: action.flag });
      return;
    case 'hand_over': {
      const [to] = resolveWho(view.world.people, action.to, whoContextOf(view));
      const { owner } = view.state;
      if (to !== undefined && to !== owner) draft.add({ event: 'handed_over', from: owner, to });
      return;
    }
    case 'start':
      startChildren(draft, action, key);
      return;
    case 'remind':
    case 'notify':
    case 'send':
      return;
  }
}

function plannedTask(view: CaseView, action: Extract<Action, { kind: 'task' }>): HappeningOf<'task_planned'> {
  const [owner = view.state.owner] = resolveWho(view.world.people, action.owner, whoContextOf(view));
  return {
    event: 'task_planned',
    task: nextTaskId(view.state.tasks),
    // A title of the playbook is bilingual; a task's is what its owner reads.
    entry: {
      title: action.title[personOf(view.world.people, owner)?.lang ?? 'en'],
      owner,
      due_at: addDuration(view.calendar, view.at, action.due),
    },
  };
}

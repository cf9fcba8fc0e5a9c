/** What entering a stage and winning do by themselves, whichever door the case came through. */

import { act } from '../act.ts';
import type { Draft } from '../draft.ts';
import type { CaseEvent } from '../event.ts';
import { stageIndex } from '../route.ts';
import { indexOf } from '../rules-of.ts';

/** Adds what the events of this decision so far call for; what an import brings was done elsewhere. */
export function takeEntryActions(draft: Draft): void {
  const { events } = draft;
  const [first] = events;
  if (first?.event === 'case_opened' && first.source !== undefined) return;
  for (const event of [...events]) {
    const stage = enteredBy(draft, event);
    const onEnter = stage === undefined ? [] : (indexOf(draft.view.rules).stages.get(stage)?.stage.on_enter ?? []);
    const onWin = event.event === 'won' ? (draft.view.rules.pipeline.on_win ?? []) : [];
    for (const action of [...onEnter, ...onWin]) act(draft, action);
  }
}

/** The stage that the case came into going forward. */
function enteredBy({ view: { rules } }: Draft, event: CaseEvent): string | undefined {
  switch (event.event) {
    case 'case_opened':
    case 'pipeline_moved':
      return event.stage;
    case 'stage_entered': {
      const isForward = stageIndex(rules.pipeline, event.stage) > stageIndex(rules.pipeline, event.from);
      return isForward ? event.stage : undefined;
    }
    default:
      return undefined;
  }
}

/** How long a case should stay in its stage, as its facts have it now. */

import { truthOf } from '../condition/evaluate.ts';
import type { Duration } from '../time/duration.ts';
import { type CaseView, seenIn } from './case-view.ts';
import { indexOf } from './rules-of.ts';

/** Absent where nothing is said, or no condition holds. */
export function timeboxOf(view: CaseView): Duration | undefined {
  const stage = indexOf(view.rules).stages.get(view.state.stage)?.stage;
  if (stage?.timeboxes === undefined) return stage?.timebox;
  const seen = seenIn(view);
  return stage.timeboxes.find(({ when }) => when === undefined || truthOf(when, seen) === true)?.is;
}

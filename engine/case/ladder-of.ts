/** The ladder of a case, and the decision it demands. */

import type { Demand, Ladder } from '../playbook/ladder.ts';
import type { CaseView } from './case-view.ts';
import { lookUp } from './look-up.ts';
import { indexOf } from './rules-of.ts';

/** The ladder of the running stall, else of the stage; absent where nothing is watched. */
export function ladderOf({ rules, state }: Pick<CaseView, 'rules' | 'state'>): Ladder | undefined {
  const stage = indexOf(rules).stages.get(state.stage)?.stage;
  const name = state.clock.stall?.ladder ?? stage?.ladder;
  return name === undefined ? undefined : lookUp(rules.ladders, name);
}

/** The decision still to be taken: that of the highest rung that fired and demands one. */
export function demandOf(view: Pick<CaseView, 'rules' | 'state'>): Demand | undefined {
  const { stall } = view.state.clock;
  if (stall?.demanded !== true) return undefined;
  const fired = ladderOf(view)?.rungs.slice(0, stall.fired) ?? [];
  return fired.findLast((rung) => rung.demand !== undefined)?.demand;
}

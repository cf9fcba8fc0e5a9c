/** When a case must look at its clocks again. */

import { ladderWakeAt } from '../parts/ladder.ts';
import type { Instant } from '../time/instant.ts';
import { approvalsWakeAt } from './approvals/ring-approvals.ts';
import { viewOf } from './case-view.ts';
import { ladderInput } from './clock.ts';
import { findingsWakeAt } from './findings/ring-findings.ts';
import { decisionsWakeAt } from './settle-decisions.ts';
import type { CaseState } from './state.ts';
import { waiversWakeAt } from './waivers/settle-waivers.ts';
import type { World } from './world.ts';

/** In the past when something is already due; absent when only a command can change anything. */
export function wakeAt(world: World, state: CaseState): Instant | undefined {
  const view = viewOf(world, state);
  if (view === undefined) return undefined;
  const input = ladderInput(view);
  const clocks = [
    input && ladderWakeAt(input),
    approvalsWakeAt(view),
    decisionsWakeAt(view),
    waiversWakeAt(view),
    findingsWakeAt(view),
  ];
  const times = clocks.filter((at) => at !== undefined);
  return times.sort()[0];
}

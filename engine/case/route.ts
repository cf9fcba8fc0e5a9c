/** The order of stages: which are left on the way to another, and where the case is won or over. */

import type { Pipeline, Stage } from '../playbook/pipeline.ts';
import type { CaseState } from './state.ts';

/** A way forward from the stage a case stands in. */
export interface Route {
  /** Stages left, in order, as indexes; a last stage that asks nothing is left as soon as it is entered. */
  readonly leaves: readonly number[];
  /** The stage entered; absent when the last one is left from within. */
  readonly enters?: Stage;
  readonly wins: boolean;
  readonly finishes: boolean;
}

export function stageIndex(pipeline: Pipeline, stage: string): number {
  return pipeline.stages.findIndex((one) => one.stage === stage);
}

/** Leaving this stage wins the case. */
export function winningIndex(pipeline: Pipeline): number {
  const last = pipeline.stages.length - 1;
  return pipeline.won_on_leaving === undefined ? last : stageIndex(pipeline, pipeline.won_on_leaving);
}

/** `won` once the winning stage lies behind: status follows the stage. */
export function statusAt(pipeline: Pipeline, stage: string): 'open' | 'won' {
  return stageIndex(pipeline, stage) > winningIndex(pipeline) ? 'won' : 'open';
}

/** A last stage without milestones and without `leave_when` is over when entered. */
export function isOverWhenEntered(pipeline: Pipeline, index: number): boolean {
  const stage = pipeline.stages[index];
  const isLast = index === pipeline.stages.length - 1;
  return isLast && stage !== undefined && stage.milestones.length === 0 && stage.leave_when === undefined;
}

/**
 * The way from where the case stands on to `to`, or to the next stage, or out of the last one. Absent when `to` does not
 * lie ahead.
 */
export function routeTo(pipeline: Pipeline, state: CaseState, to?: string): Route | undefined {
  const from = stageIndex(pipeline, state.stage);
  return routeBetween(pipeline, state, from, to === undefined ? from + 1 : stageIndex(pipeline, to));
}

/** The way on through the winning stage; absent when that lies behind. */
export function routeToWin(pipeline: Pipeline, state: CaseState): Route | undefined {
  return routeBetween(pipeline, state, stageIndex(pipeline, state.stage), winningIndex(pipeline) + 1);
}

function routeBetween(pipeline: Pipeline, state: CaseState, from: number, target: number): Route | undefined {
  if (from < 0 || target <= from || target > pipeline.stages.length) return undefined;
  const enters = pipeline.stages[target];
  const isOver = isOverWhenEntered(pipeline, target);
  const leaves = Array.from({ length: target - from + (isOver ? 1 : 0) }, (_, step) => from + step);
  return {
    leaves,
    ...(enters !== undefined && { enters }),
    wins: state.status === 'open' && leaves.includes(winningIndex(pipeline)),
    finishes: isOver || enters === undefined,
  };
}

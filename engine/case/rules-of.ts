/** Finds the rules that judge a case, and what they hold by name. */

import type { Condition } from '../playbook/condition.ts';
import type { Decision } from '../playbook/decision.ts';
import type { EvidenceRule, Milestone, Stage } from '../playbook/pipeline.ts';
import type { Rules } from '../playbook/set.ts';
import { compileCalendar, type WorkingCalendar } from '../time/calendar.ts';
import { lookUp } from './look-up.ts';
import type { CaseState } from './state.ts';
import type { World } from './world.ts';

export interface RulesIndex {
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly stages: ReadonlyMap<string, { readonly stage: Stage; readonly index: number }>;
  readonly milestones: ReadonlyMap<string, Milestone>;
  /** Of stages and gates alike. */
  readonly evidence: ReadonlyMap<string, EvidenceRule>;
  /** Asks for the evidence by itself: what a rung that requires it adds to the criteria. */
  readonly required: ReadonlyMap<string, Condition>;
}

const indexes = new WeakMap<Rules, RulesIndex>();

/** Laid out once for each rules object. */
export function indexOf(rules: Rules): RulesIndex {
  let index = indexes.get(rules);
  if (index === undefined) {
    index = layOut(rules);
    indexes.set(rules, index);
  }
  return index;
}

function layOut({ pipeline, gates, decisions = [] }: Rules): RulesIndex {
  const evidence = [...pipeline.stages, ...gates].flatMap((holder) => holder.evidence);
  return {
    decisions: new Map(decisions.map((one) => [one.decision, one])),
    stages: new Map(pipeline.stages.map((stage, index) => [stage.stage, { stage, index }])),
    milestones: new Map(pipeline.stages.flatMap((stage) => stage.milestones).map((one) => [one.milestone, one])),
    evidence: new Map(evidence.map((rule) => [rule.evidence, rule])),
    required: new Map(
      evidence.map(({ evidence: id, at }): [string, Condition] => [id, { kind: 'evidence', evidence: id, at }]),
    ),
  };
}

/**
 * The rules a case is pinned to. A case that has just moved is pinned to rules of the current set, while the world was
 * still read for the old ones; so the hash decides, then the pipeline's name.
 */
export function rulesOf(world: World, state: CaseState): Rules | undefined {
  const current = lookUp(world.playbook.rules, state.pipeline);
  const candidates = [world.rules, current].filter((rules) => rules !== undefined);
  return (
    candidates.find((rules) => rules.hash === state.rules) ??
    candidates.find((rules) => rules.pipeline.pipeline === state.pipeline)
  );
}

/** The calendar a pipeline counts in; absent when the current set has lost it. */
export function calendarOf(world: World, rules: Rules): WorkingCalendar | undefined {
  const calendar = lookUp(world.playbook.calendars, rules.pipeline.calendar);
  return calendar && compileCalendar(calendar);
}

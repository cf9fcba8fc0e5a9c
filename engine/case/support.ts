/** Whether accepted evidence still supports the stage a case stands in. */

import { truthOf } from '../condition/evaluate.ts';
import type { Seen } from '../condition/seen.ts';
import type { Condition } from '../playbook/condition.ts';
import type { Stage } from '../playbook/pipeline.ts';
import type { Rules } from '../playbook/set.ts';
import type { CaseView } from './case-view.ts';
import { stageCriteria } from './criteria.ts';
import { decisionsIn, evidenceIn } from './evidence-in.ts';
import { stageIndex } from './route.ts';
import { indexOf } from './rules-of.ts';
import { seenOf } from './seen-of.ts';
import { isPassedByWaiver } from './waivers/standing.ts';

/**
 * The stage a case falls back to when this evidence was rejected or withdrawn: the first one already left whose leaving
 * rested on the evidence and would not be true without it. Absent while all still holds.
 *
 * Only criteria that name the evidence are judged again, with facts as they are; age and the clock take nothing away
 * (expiry blocks the next gate, it does not make a case fall back), and gates once passed are not asked again; what was
 * passed by a waiver did not rest on evidence.
 */
export function lostSupport(view: CaseView, evidence: string): Stage | undefined {
  return unsupported(view, (names) => names.has(evidence));
}

/**
 * The stage that accepted evidence supports, where the case stands in a later one: the first already left whose leaving
 * rested on evidence that is not there. Evidence taken on trust counts until its day is over.
 */
export function stageSupported(view: CaseView): Stage | undefined {
  return unsupported(view, (names) => names.size > 0);
}

function unsupported(view: CaseView, isAsked: (evidence: ReadonlySet<string>) => boolean): Stage | undefined {
  const { rules, calendar, state, at } = view;
  const { stages } = rules.pipeline;
  const seen = seenOf(rules, calendar, state, { now: at, for_support: true });
  const opened = Math.max(0, stageIndex(rules.pipeline, state.opened_stage));
  const current = stageIndex(rules.pipeline, state.stage);
  return stages.slice(opened, Math.max(opened, current)).find((_stage, step) =>
    stageCriteria(rules.pipeline, opened + step)
      .filter((one) => isAsked(evidenceIn(one.condition, rules)) && !isPassedByWaiver(state, one))
      .some(({ condition }) => !isSupported(condition, seen)),
  );
}

/** Whether a condition holds by its evidence and facts alone: leaves that hang on the clock count as they need to. */
function isSupported(condition: Condition, seen: Seen): boolean {
  return comesOut(condition, true, seen, []);
}

function comesOut(condition: Condition, wanted: boolean, seen: Seen, trail: readonly string[]): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      // An empty list is unknown, and so neither true nor false.
      if (condition.of.length === 0) return false;
      const isEach = (condition.kind === 'all') === wanted;
      const part = (one: Condition): boolean => comesOut(one, wanted, seen, trail);
      return isEach ? condition.of.every(part) : condition.of.some(part);
    }
    case 'not':
      return comesOut(condition.of, !wanted, seen, trail);
    case 'milestone': {
      const when = trail.includes(condition.milestone) ? undefined : seen.milestone(condition.milestone);
      return when !== undefined && comesOut(when, wanted, seen, [...trail, condition.milestone]);
    }
    case 'task':
    case 'activity':
    case 'approval':
    // A decision that is asked again blocks the next gate, and takes nothing away.
    case 'decision':
      return true;
    case 'fact':
    case 'field': {
      const hangsOnClock = condition.operator === 'within' || condition.operator === 'ago';
      return hangsOnClock || truthOf(condition, seen) === wanted;
    }
    case 'evidence':
    case 'child':
      return truthOf(condition, seen) === wanted;
  }
}

/** Decisions by people that the leaving of a stage names: what the facts alone say nobody owes. */
export function decisionsToLeave(rules: Rules, index: number): readonly string[] {
  const named = stageCriteria(rules.pipeline, index).flatMap(({ condition }) => [...decisionsIn(condition, rules)]);
  return [...new Set(named)].filter((id) => indexOf(rules).decisions.get(id)?.way.kind === 'tree');
}

/** Evidence that the leaving of a stage names; what an import at a later stage owes. */
export function evidenceToLeave(rules: Rules, index: number): readonly string[] {
  return [
    ...new Set(stageCriteria(rules.pipeline, index).flatMap(({ condition }) => [...evidenceIn(condition, rules)])),
  ];
}

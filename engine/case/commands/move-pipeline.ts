/** `move_pipeline`: the case goes on by the rules of another pipeline, as far as what it has supports it there. */

import { truthOf } from '../../condition/evaluate.ts';
import { shown } from '../../form/problems.ts';
import type { Rules } from '../../playbook/set.ts';
import type { Who } from '../../playbook/who.ts';
import { resolveWho } from '../../who/resolve-who.ts';
import { maySettle } from '../acceptors.ts';
import { type CaseView, seenIn, whoContextOf } from '../case-view.ts';
import { endStall } from '../clock.ts';
import { appliesCriterion, openAtCriterion, stageCriteria } from '../criteria.ts';
import { isMet } from '../criterion.ts';
import type { Draft } from '../draft.ts';
import { isFactKept } from '../is-fact-kept.ts';
import { demandOf, ladderOf } from '../ladder-of.ts';
import { lookUp } from '../look-up.ts';
import { invalid, misfit, refusal, refused } from '../no.ts';
import type { Reason } from '../outcome.ts';
import { reasonOf, unmetIn } from '../reasons.ts';
import { isOverWhenEntered, stageIndex, winningIndex } from '../route.ts';
import { calendarOf, indexOf } from '../rules-of.ts';
import { draftOf, type Handler } from './handler.ts';

/**
 * Refused where the target does not apply, or opens at none of its stages for this case. Evidence goes along by its id,
 * its acceptance only as far as the target would have taken it; facts by name and type; evidence taken on trust does not.
 */
export const movePipeline: Handler<'move_pipeline'> = (context, { to, reason }) => {
  const { world, state } = context;
  const target = lookUp(world.playbook.rules, to);
  if (target === undefined) return invalid(misfit('pipeline-unknown', '/to', shown(to)));
  if (to === state.pipeline) return refused(refusal('pipeline-same', [to], { about: `pipeline ${to}` }));
  const { subject } = context.rules.pipeline;
  if (target.pipeline.subject !== subject)
    return refused(refusal('subject-differs', [to, target.pipeline.subject, subject]));
  if (state.status === 'won') return refused(refusal('already-won', []));
  const calendar = calendarOf(world, target);
  const [first] = target.pipeline.open_at;
  if (calendar === undefined || first === undefined) return refused(refusal('rules-missing', [to]));

  const move = (stage: string, opened: string, waiting: readonly string[]): Draft => {
    const draft = draftOf(context);
    endStall(draft, 'moved');
    return draft.judgedBy(target, calendar).add({
      event: 'pipeline_moved',
      from: state.pipeline,
      to,
      rules: target.hash,
      stage,
      opened_stage: opened,
      dropped_facts: droppedFacts(context, target),
      waiting_again: waiting,
      ...keptDecisions(context, target),
      ...(reason !== undefined && { reason }),
    });
  };
  // Looked at as if it stood at the door there; where it stands is settled by what is then seen.
  const waiting = waitingAgain(context, move(first.stage, first.stage, []).view);
  const arrived = move(first.stage, first.stage, waiting).view;
  const unmet = unmetIn(arrived, appliesCriterion(target.pipeline)).map((one) => one.reason);
  const door = doorOf(arrived);
  const no = [...decisionOwed(context), ...unmet, ...(door === undefined ? closedDoors(arrived) : [])];
  if (door === undefined || no.length > 0) return refused(...no);
  return move(highestSupported(arrived, door), door, waiting).accepted();
};

/** The ladder stays behind, and what it demands must not stay with it. */
function decisionOwed(view: CaseView): readonly Reason[] {
  const demand = demandOf(view);
  const ladder = ladderOf(view);
  if (demand === undefined || ladder === undefined) return [];
  const can_meet = resolveWho(view.world.people, demand.of, whoContextOf(view));
  return [refusal('decision-owed', [ladder.ladder], { about: `ladder ${ladder.ladder}`, rule: demand.at, can_meet })];
}

/** Accepted evidence that the target wants accepted by others than those who could and did: it waits for them. */
function waitingAgain({ rules, state }: CaseView, arrived: CaseView): readonly string[] {
  return Object.entries(state.evidence).flatMap(([id, { status, settled_by: by }]) => {
    const rule = indexOf(arrived.rules).evidence.get(id);
    if (status !== 'accepted' || rule?.accepted_by === undefined) return [];
    const before = indexOf(rules).evidence.get(id)?.accepted_by;
    const isGood = isSameWho(before, rule.accepted_by) || (by !== undefined && maySettle(arrived, rule, by));
    return isGood ? [] : [id];
  });
}

/** Authority is measured anew: the pipeline that a case has moved to may measure it by other facts. */
function isSameWho(before: Who | undefined, there: Who): boolean {
  if (before?.kind === 'role' && there.kind === 'role') return before.role === there.role;
  if (before?.kind === 'fact' && there.kind === 'fact') return before.fact === there.fact;
  return before?.kind === there.kind && there.kind !== 'authority';
}

/** Made by the same questions or rows, so that what they came to means the same there. */
function keptDecisions({ rules, state }: CaseView, target: Rules): { readonly kept_decisions?: readonly string[] } {
  if (state.decisions === undefined) return {};
  const kept = Object.keys(state.decisions).filter((id) => {
    const [here, there] = [rules, target].map((one) => indexOf(one).decisions.get(id));
    return here !== undefined && there !== undefined && isSaidAlike(here, there);
  });
  return { kept_decisions: kept };
}

function isSaidAlike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, withoutPlaces) === JSON.stringify(other, withoutPlaces);
}

function withoutPlaces(key: string, value: unknown): unknown {
  return key === 'at' ? undefined : value;
}

function droppedFacts({ rules, state }: CaseView, target: Rules): readonly string[] {
  return Object.entries(state.facts)
    .filter(([name, { value }]) => {
      const before = lookUp(rules.pipeline.facts, name);
      const there = lookUp(target.pipeline.facts, name);
      return !isFactKept(before, there, value);
    })
    .map(([name]) => name);
}

/** The first stage of `open_at` whose condition holds, as `open` itself would have it. */
function doorOf(view: CaseView): string | undefined {
  const seen = seenIn(view);
  return view.rules.pipeline.open_at.find(({ when }) => when === undefined || truthOf(when, seen) === true)?.stage;
}

function closedDoors(view: CaseView) {
  const { pipeline } = view.rules;
  return pipeline.open_at.flatMap((door) => {
    const stage = pipeline.stages.find((one) => one.stage === door.stage);
    return stage === undefined ? [] : openAtCriterion(pipeline, stage).map((criterion) => reasonOf(view, criterion));
  });
}

/**
 * From the door on over every stage whose leaving is proven now, and never over the win. A stage that asks nothing proves
 * nothing: there the case stops, for somebody to advance it.
 */
function highestSupported(view: CaseView, door: string): string {
  const { pipeline } = view.rules;
  const seen = seenIn(view);
  const last = pipeline.stages.length - 1;
  const top = Math.min(winningIndex(pipeline), isOverWhenEntered(pipeline, last) ? last - 1 : last);
  let index = stageIndex(pipeline, door);
  const isProven = (step: number): boolean => {
    const criteria = stageCriteria(pipeline, step);
    return criteria.length > 0 && criteria.every((one) => isMet(one, truthOf(one.condition, seen)));
  };
  while (index < top && isProven(index)) index += 1;
  return pipeline.stages[index]?.stage ?? door;
}

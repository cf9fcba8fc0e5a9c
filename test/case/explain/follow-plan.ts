/** Carries out a plan as the people it names would: one real command after another, through the decider. */

import { acceptorsOf } from '../../../engine/case/acceptors.ts';
import { viewOf } from '../../../engine/case/case-view.ts';
import { decide } from '../../../engine/case/decide.ts';
import type { CaseEvent } from '../../../engine/case/event.ts';
import { evolve } from '../../../engine/case/evolve.ts';
import type { Step } from '../../../engine/case/explain/act.ts';
import { nextAnswer, requestCommand } from '../../../engine/case/explain/approval-steps.ts';
import type { Outcome } from '../../../engine/case/outcome.ts';
import { indexOf } from '../../../engine/case/rules-of.ts';
import type { CaseState } from '../../../engine/case/state.ts';
import type { World } from '../../../engine/case/world.ts';

export interface Order {
  readonly actor: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The state after a command, and the answer; a no leaves it as it was. */
export function give(world: World, state: CaseState, { actor, body }: Order) {
  const outcome: Outcome<CaseEvent> = decide(world, state, { id: 'c', actor, body });
  return { outcome, state: outcome.outcome === 'accepted' ? outcome.events.reduce(evolve, state) : state };
}

/** The command that a step stands for, by somebody who may give it. */
export function orderOf(world: World, state: CaseState, step: Step): Order {
  const { owner } = state;
  switch (step.step) {
    case 'submit':
      return { actor: owner, body: { command: 'submit_evidence', evidence: step.evidence } };
    case 'accept': {
      const view = viewOf(world, state);
      const rule = view && indexOf(view.rules).evidence.get(step.evidence);
      const actor = view && rule && acceptorsOf(view, rule)[0];
      return { actor: actor ?? 'nobody', body: { command: 'accept_evidence', evidence: step.evidence } };
    }
    case 'withdraw':
      return { actor: owner, body: { command: 'withdraw_evidence', evidence: step.evidence } };
    case 'answer':
      return { actor: owner, body: { command: 'answer', decision: step.decision, answers: step.answers } };
    case 'set':
      return { actor: owner, body: { command: 'set_facts', facts: { [step.fact]: step.value ?? null } } };
    case 'log':
      return { actor: owner, body: { command: 'log_activity', activity: step.activity } };
    case 'plan': {
      const tomorrow = new Date(Date.parse(world.now) + 86_400_000).toISOString().slice(0, 10);
      return { actor: owner, body: { command: 'plan_task', title: 't', ...(step.dated && { due_on: tomorrow }) } };
    }
    case 'request': {
      const view = viewOf(world, state);
      return { actor: owner, body: view === undefined ? {} : requestCommand(view, step.approval) };
    }
    case 'approve': {
      const view = viewOf(world, state);
      const next = view && nextAnswer(view, step.approval);
      const digest = next?.entry.digest ?? '';
      return { actor: next?.people[0] ?? 'nobody', body: { command: 'approve', approval: step.approval, digest } };
    }
    case 'complete':
      return { actor: owner, body: { command: 'complete_task', task: step.task } };
  }
}

/** The state after all steps. @param strict every one must be accepted */
export function follow(world: World, state: CaseState, steps: readonly Step[], strict: boolean): CaseState {
  return steps.reduce((so, step) => {
    const order = orderOf(world, so, step);
    const { outcome, state: after } = give(world, so, order);
    if (strict && outcome.outcome !== 'accepted') {
      throw new Error(`${JSON.stringify(order)}: ${JSON.stringify(outcome)}`);
    }
    return after;
  }, state);
}

/** Whether the goal is reached from here: the stage named, or the end for whoever stands in the last. */
export function unlocks(world: World, state: CaseState, from: CaseState, stage: string | undefined): boolean {
  // Fallen back on the way: the last stage can no longer be left.
  if (stage === undefined && state.stage !== from.stage) return false;
  const body = { command: 'advance', ...(stage !== undefined && { to: stage }) };
  return give(world, state, { actor: state.owner, body }).outcome.outcome === 'accepted';
}

/** Walks a case through commands, one after another, keeping everything that happened. */

import type { CommandEnvelope } from '../../engine/case/command.ts';
import { decide } from '../../engine/case/decide.ts';
import type { CaseEvent } from '../../engine/case/event.ts';
import { evolve } from '../../engine/case/evolve.ts';
import type { Outcome } from '../../engine/case/outcome.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { World } from '../../engine/case/world.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { fromMs } from '../../engine/time/instant.ts';
import { people } from './playbook-fixture.ts';
import { OWNER, type RandomStep } from './random-steps.ts';

export const START_MS = Date.parse('2026-01-05T09:00:00.000Z');

/** One command and its answer. */
export interface Turn {
  readonly world: World;
  readonly before: CaseState | undefined;
  readonly envelope: CommandEnvelope<unknown>;
  readonly outcome: Outcome<CaseEvent>;
  readonly after: CaseState | undefined;
  /** What had happened before. */
  readonly history: readonly CaseEvent[];
}

/** The world of a set at a moment. */
export function worldAt(playbook: PlaybookSet, now: string): World {
  return { case: 'case-1', playbook, people, now };
}

/** Opens a case and takes every step, whatever the answers. */
export function runCase(playbook: PlaybookSet, opening: RandomStep, steps: readonly RandomStep[]): readonly Turn[] {
  const turns: Turn[] = [];
  let state: CaseState | undefined;
  let history: readonly CaseEvent[] = [];
  let nowMs = START_MS;
  for (const [index, step] of [opening, ...steps].entries()) {
    nowMs += step.waitMs;
    const world = worldAt(playbook, fromMs(nowMs));
    const envelope = {
      id: `c${index}`,
      actor: step.actor === OWNER ? (state?.owner ?? 'ann') : step.actor,
      body: step.body,
    };
    const before = deepFreeze(state);
    const outcome = decide(world, before, envelope);
    if (outcome.outcome === 'accepted') state = fold(before, outcome.events);
    turns.push({ world, before, envelope, outcome, after: state, history });
    if (outcome.outcome === 'accepted') history = [...history, ...outcome.events];
  }
  return turns;
}

export function fold(state: CaseState | undefined, events: readonly CaseEvent[]): CaseState | undefined {
  return events.reduce<CaseState | undefined>((so, event) => evolve(so, event), state);
}

/** Anything that would change it from now on throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}

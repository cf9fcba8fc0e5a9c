/** The cases that a rehearsed one starts: each is opened as on a server, and from then on stands where a scenario says. */

import type { Child, News } from '../case/children/family.ts';
import { effectsOfRefusal } from '../case/children/family-effects.ts';
import type { CaseCommand } from '../case/command.ts';
import { decide } from '../case/decide.ts';
import type { Effect } from '../case/effect.ts';
import { effectsOf } from '../case/effects.ts';
import { evolve } from '../case/evolve.ts';
import { isOverWhenEntered, stageIndex, statusAt } from '../case/route.ts';
import type { CaseState } from '../case/state.ts';
import type { World } from '../case/world.ts';
import { SYSTEM } from '../who/rights.ts';

/**
 * What the child says to its parent when it is told to begin; nothing of what else it is told.
 *
 * @param world the parent's
 */
export function answersOf(world: World, effect: Effect): readonly CaseCommand[] {
  if (effect.effect !== 'tell_case' || effect.command.command !== 'open') return [];
  const { rules: _of, ...around } = world;
  const own = { ...around, case: effect.to };
  const outcome = decide(own, undefined, { id: `open ${effect.to}`, actor: SYSTEM, body: effect.command });
  if (outcome.outcome === 'refused')
    return saidTo(world, effectsOfRefusal(effect.to, undefined, effect.command, outcome.reasons));
  if (outcome.outcome !== 'accepted') return [];
  let state: CaseState | undefined;
  return outcome.events.flatMap((event) => {
    state = evolve(state, event);
    return saidTo(world, effectsOf(own, state, event));
  });
}

function saidTo(world: World, effects: readonly Effect[]): readonly CaseCommand[] {
  return effects.flatMap((effect) =>
    effect.effect === 'tell_case' && effect.to === world.case ? [effect.command] : [],
  );
}

/** Where a child of the pipeline stands when it is said to be in a stage, or to be open, won, lost or finished. */
export function newsOf({ playbook }: World, { pipeline, news, owner }: Child, place: string): News {
  const rules = playbook.rules[pipeline]?.pipeline;
  const stages = rules?.stages ?? [];
  const before: News = news ?? {
    n: 0,
    pipeline,
    stage: stages[0]?.stage ?? '',
    status: 'open',
    finished: false,
    owner,
  };
  const n = before.n + 1;
  if (rules !== undefined && stages.some(({ stage }) => stage === place)) {
    const finished = isOverWhenEntered(rules, stageIndex(rules, place));
    return { ...before, n, stage: place, status: finished ? 'won' : statusAt(rules, place), finished };
  }
  switch (place) {
    case 'won':
      return { ...before, n, status: 'won' };
    case 'lost':
      return { ...before, n, status: 'lost', finished: true };
    case 'finished':
      return { ...before, n, status: before.status === 'open' ? 'won' : before.status, finished: true };
    default:
      return { ...before, n, status: 'open', finished: false };
  }
}

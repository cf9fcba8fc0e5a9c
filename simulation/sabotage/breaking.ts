/** How one part of the machine is broken at a time, the rest being the real one. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { Outcome } from '../../engine/case/outcome.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { PersonEvent } from '../../engine/person/event.ts';
import type { Scene } from '../../store/decider.ts';
import { type Machine, REAL } from '../memory/machine.ts';

export interface Sabotage {
  readonly name: string;
  /** What is broken from now on. Fresh for each run: some break only now and then. */
  readonly machine: () => Machine;
  /** The promises that may be the first to break. */
  readonly breaks: readonly string[];
}

type Decision = Outcome<CaseEvent>;
export interface Asked {
  readonly scene: Scene;
  readonly state: CaseState;
  readonly actor: string;
  readonly body: { readonly command: string; readonly [key: string]: unknown };
}

/** The case decider with another word on some decisions about cases that exist. */
export function deciding(change: (decision: Decision, asked: Asked) => Decision): Machine {
  const decide: Machine['case']['decide'] = (scene, state, envelope) => {
    const decision = REAL.case.decide(scene, state, envelope);
    return state === undefined
      ? decision
      : change(decision, { scene, state, actor: envelope.actor, body: { ...envelope.body } });
  };
  return { ...REAL, case: { ...REAL.case, decide } };
}

export function evolving(change: (after: CaseState, event: CaseEvent, before: CaseState) => CaseState): Machine {
  const evolve: Machine['case']['evolve'] = (state, event) => {
    const after = REAL.case.evolve(state, event);
    return state === undefined ? after : change(after, event, state);
  };
  return { ...REAL, case: { ...REAL.case, evolve } };
}

/** Another word on decisions about people. */
export function decidingOfPeople(
  change: (decision: Outcome<PersonEvent>, scene: Scene, body: Asked['body'], actor: string) => Outcome<PersonEvent>,
): Machine {
  const decide: Machine['person']['decide'] = (scene, state, envelope) =>
    change(REAL.person.decide(scene, state, envelope), scene, { ...envelope.body }, envelope.actor);
  return { ...REAL, person: { ...REAL.person, decide } };
}

export function eventsOfPeople(change: (event: PersonEvent) => PersonEvent): Machine {
  return decidingOfPeople((decision) =>
    decision.outcome === 'accepted' ? { ...decision, events: decision.events.map(change) } : decision,
  );
}

export function accepted<E>(...events: readonly E[]): Outcome<E> {
  return { outcome: 'accepted', events, warnings: [] };
}

export function stamped({ scene, actor }: Pick<Asked, 'scene' | 'actor'>) {
  return { v: 1, at: scene.now, by: actor } as const;
}

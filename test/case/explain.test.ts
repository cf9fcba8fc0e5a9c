/** What `explain` promises, on random playbooks and states: its acts unlock the stage, none is idle, and fewer do not. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../engine/case/explain/act.ts';
import { type Explanation, explain, planFor } from '../../engine/case/explain.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { World } from '../../engine/case/world.ts';
import { fewestCommands } from './explain/brute-force.ts';
import { follow, give, unlocks } from './explain/follow-plan.ts';
import { randomSet } from './random-playbook.ts';
import { randomOpening, randomSteps } from './random-steps.ts';
import { deepFreeze, runCase } from './run-case.ts';

const runs = Number(process.env['PLAYRAIL_PROPERTY_RUNS'] ?? 60);

/** An open case somewhere on its way, and what is said about it. */
interface Place {
  readonly world: World;
  readonly state: CaseState;
  readonly said: Explanation;
  readonly plan: readonly Step[] | undefined;
}

/** Asks about a case in a few of the states that random commands lead it to. */
function eachPlace(look: (place: Place) => void, numRuns = runs): void {
  fc.assert(
    fc.property(fc.tuple(randomSet, randomOpening, randomSteps), ([set, opening, steps]) => {
      const open = runCase(deepFreeze(set), opening, steps).filter(
        ({ after }) => after !== undefined && !after.finished,
      );
      const some = open.filter((_turn, index) => index % 7 === 0 || index === open.length - 1);
      for (const { world, after: state } of some) {
        if (state === undefined) continue;
        const said = explain(world, state);
        if (said === undefined) throw new Error('nothing said about an open case');
        look({ world, state, said, plan: planFor(world, state) });
      }
    }),
    { numRuns },
  );
}

describe('explain, wherever a case stands', () => {
  it('gives acts that unlock the stage', () => {
    eachPlace(({ world, state, said, plan }) => {
      if (plan === undefined) return;
      expect(said.effort).toBe(plan.length);
      const after = follow(world, state, plan, true);
      expect(after.stage).toBe(state.stage);
      expect(unlocks(world, after, state, said.goal.stage)).toBe(true);
    });
  });

  it('gives no act that could be left out', () => {
    eachPlace(({ world, state, said, plan }) => {
      for (const left of plan ?? []) {
        const others = plan?.filter((step) => step !== left) ?? [];
        expect(unlocks(world, follow(world, state, others, false), state, said.goal.stage)).toBe(false);
      }
    });
  });

  it('says everything that an advance is refused for, and nothing else', () => {
    eachPlace(({ world, state, said }) => {
      const { outcome } = give(world, state, { actor: state.owner, body: { command: 'advance' } });
      expect(said.is_open).toBe(outcome.outcome === 'accepted');
      expect(said.unmet).toEqual(outcome.outcome === 'refused' ? outcome.reasons : []);
      if (said.is_open) expect(said).toMatchObject({ acts: [], effort: 0, is_cheapest: true });
    });
  });

  it('finds what trying every order of every command finds', () => {
    eachPlace(({ world, state, said, plan }) => {
      const most = Math.min(2, plan === undefined ? 2 : plan.length - 1);
      expect(fewestCommands(world, state, said.goal.stage, most)).toBeUndefined();
    }, runs / 4);
  });
});

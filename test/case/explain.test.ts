/** What `explain` promises, on random playbooks and states: its acts unlock the stage, none is idle, and fewer do not. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Act, Step } from '../../engine/case/explain/act.ts';
import { type Explanation, explain, planFor } from '../../engine/case/explain.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { World } from '../../engine/case/world.ts';
import { fewestCommands } from './explain/brute-force.ts';
import { follow, give, orderOf, unlocks } from './explain/follow-plan.ts';
import { randomSet } from './random-playbook.ts';
import { randomOpening, randomSteps } from './random-steps.ts';
import { deepFreeze, runCase } from './run-case.ts';

const runs = Number(process.env['PLAYRAIL_PROPERTY_RUNS'] ?? 30);

/** An open case somewhere on its way, and what is said about getting further. */
interface Place {
  readonly world: World;
  readonly state: CaseState;
  /** The stage asked for; absent: the next one, or the end. */
  readonly to: string | undefined;
  readonly said: Explanation;
  readonly plan: readonly Step[] | undefined;
}

/** Asks about a case in a few of the states that random commands lead it to: the next stage, and the last. */
function eachPlace(look: (place: Place) => void, numRuns = runs): void {
  fc.assert(
    fc.property(fc.tuple(randomSet, randomOpening, randomSteps), ([set, opening, steps]) => {
      const open = runCase(deepFreeze(set), opening, steps).filter(({ after }) => after?.finished === false);
      const some = open.filter((_turn, index) => index % 7 === 0 || index === open.length - 1);
      for (const { world, after: state } of some) {
        if (state === undefined) continue;
        const last = set.rules[state.pipeline]?.pipeline.stages.at(-1)?.stage;
        for (const to of [undefined, last]) {
          const goal = to === undefined ? {} : { stage: to };
          const said = explain(world, state, goal);
          expect(said === undefined).toBe(to === state.stage);
          if (said !== undefined) look({ world, state, to: said.goal.stage, said, plan: planFor(world, state, goal) });
        }
      }
    }),
    { numRuns },
  );
}

describe('explain, wherever a case stands', () => {
  it('gives acts that unlock the stage, the case staying where it is meanwhile', () => {
    eachPlace(({ world, state, to, said, plan }) => {
      expect(said.effort).toBe(plan?.length);
      if (plan === undefined) return;
      const after = follow(world, state, plan, true);
      expect(after.stage).toBe(state.stage);
      expect(unlocks(world, after, state, to)).toBe(true);
    });
  });

  it('gives no act that could be left out', () => {
    eachPlace(({ world, state, to, plan = [] }) => {
      for (const left of plan) {
        const others = plan.filter((step) => step !== left);
        expect(unlocks(world, follow(world, state, others, false), state, to)).toBe(false);
      }
      const pairs = plan.flatMap((step) => (step.step === 'submit' ? [step.evidence] : []));
      for (const evidence of pairs) {
        const others = plan.filter((step) => !('evidence' in step && step.evidence === evidence));
        expect(unlocks(world, follow(world, state, others, false), state, to)).toBe(false);
      }
    });
  });

  it('names as able only those whose command is accepted', () => {
    eachPlace(({ world, state, said, plan = [] }) => {
      expect(said.acts?.map(kindOf) ?? []).toEqual(plan.map(({ step }) => step));
      let now = state;
      for (const [index, step] of plan.entries()) {
        const order = orderOf(world, now, step);
        const who = said.acts?.[index]?.who ?? [];
        expect(who).not.toEqual([]);
        for (const actor of who) expect(give(world, now, { ...order, actor }).outcome.outcome).toBe('accepted');
        now = give(world, now, order).state;
      }
    });
  });

  it('says everything that an advance is refused for, and nothing else', () => {
    eachPlace(({ world, state, to, said }) => {
      const body = { command: 'advance', ...(to !== undefined && { to }) };
      const { outcome } = give(world, state, { actor: state.owner, body });
      expect(said.is_open).toBe(outcome.outcome === 'accepted');
      expect(said.unmet).toEqual(outcome.outcome === 'refused' ? outcome.reasons : []);
      expect(said.is_open).toBe(said.effort === 0);
      if (said.is_open) expect(said).toMatchObject({ acts: [], is_cheapest: true });
    });
  });

  it('finds as few commands as trying all of them in every order', () => {
    eachPlace(
      ({ world, state, to, said, plan }) => {
        expect(said.is_cheapest).toBe(true);
        const most = Math.min(2, (plan?.length ?? 3) - 1);
        expect(fewestCommands(world, state, to, most)).toBeUndefined();
      },
      Math.ceil(runs / 3),
    );
  });
});

function kindOf({ act }: Act): Step['step'] {
  const [kind] = act.split('_');
  switch (kind) {
    case 'submit':
    case 'accept':
    case 'withdraw':
    case 'set':
    case 'log':
    case 'plan':
    case 'complete':
      return kind;
    default:
      throw new Error(`no step for ${act}`);
  }
}

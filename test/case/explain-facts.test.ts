/** What `explain` promises where facts are in the way: of every type, computed by every formula, compared with each other. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../engine/case/decide.ts';
import { explain, planFor } from '../../engine/case/explain.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Value } from '../../engine/playbook/value.ts';
import { fewestCommands } from './explain/brute-force.ts';
import { follow, give, unlocks } from './explain/follow-plan.ts';
import { askingSet, someFacts, VALUES } from './explain/random-facts.ts';
import { fold, worldAt } from './run-case.ts';

const runs = Number(process.env['PLAYRAIL_PROPERTY_RUNS'] ?? 150);

/** A case with these facts; opened without them, so that its pipeline may have stopped to apply. */
function placeOf(set: PlaybookSet, facts: Readonly<Record<string, Value>>) {
  const world = worldAt(set, '2026-01-05T09:00:00.000Z');
  const body = { command: 'open', title: 'a case', pipeline: 'large' };
  const opened = decide(world, undefined, { id: 'o', actor: 'ann', body });
  const state = opened.outcome === 'accepted' ? fold(undefined, opened.events) : undefined;
  if (state === undefined || Object.keys(facts).length === 0) return state && { world, state };
  const set_facts = give(world, state, { actor: 'ann', body: { command: 'set_facts', facts } });
  expect(set_facts.outcome.outcome).toBe('accepted');
  return { world, state: set_facts.state };
}

describe('explain, whatever the facts', () => {
  it('gives acts that unlock the stage, none of them idle, and fewer than any found by trying', () => {
    fc.assert(
      fc.property(askingSet, someFacts, (set, facts) => {
        const place = placeOf(set, facts);
        if (place === undefined) return;
        const { world, state } = place;
        const said = explain(world, state);
        const plan = planFor(world, state);
        expect(said?.acts?.length).toBe(plan?.length);
        if (plan !== undefined) {
          expect(unlocks(world, follow(world, state, plan, true), state, 's1')).toBe(true);
          for (const left of plan) {
            const others = plan.filter((step) => step !== left);
            expect(unlocks(world, follow(world, state, others, false), state, 's1')).toBe(false);
          }
        }
        const most = Math.min(2, (plan?.length ?? 3) - 1);
        expect(fewestCommands(world, state, 's1', most, VALUES)).toBeUndefined();
      }),
      { numRuns: runs },
    );
  });
});

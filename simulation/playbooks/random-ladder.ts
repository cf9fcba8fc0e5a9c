/** Random stall ladders: every clock, every action, with and without a decision at the top. */

import type { Chance } from '../chance.ts';
import { titled, type Written, type WrittenPart } from './files.ts';

const UNITS = ['days', 'hours', 'business days', 'business hours'] as const;
type Unit = (typeof UNITS)[number];

/** So many make about a week: stalls are to be frequent, and not all that a year consists of. */
const WORTH: Readonly<Record<Unit, number>> = { days: 6, hours: 130, 'business days': 4, 'business hours': 40 };

/** @param evidence known in every pipeline, so that a rung may require it */
export function randomLadder(chance: Chance, id: string, evidence: readonly string[]): Written {
  const unit = chance.pick(UNITS);
  const length = (most: number): string => `${chance.between(WORTH[unit], most * WORTH[unit])} ${unit}`;
  const isDemanding = chance.happens(0.7);
  const ends = chance.shuffled(['activity', 'advance']).slice(0, chance.between(isDemanding ? 0 : 1, 2));
  const rungs = randomRungs(chance, unit, evidence, isDemanding);
  return {
    ladder: id,
    title: titled(id),
    starts: ['timebox', { no_activity: length(6) }],
    ...(chance.happens(0.7) && {
      pauses_while: pausing(chance),
      pause_budget: chance.happens(0.3) ? '6 days' : length(8),
    }),
    ends_when: [...ends, ...(isDemanding ? ['resolve'] : [])],
    rungs,
  };
}

function pausing(chance: Chance): Written {
  const warm = { fact: 'warm', is: 'yes' };
  return chance.happens(0.6) ? warm : { any: [warm, { fact: 'size', at_least: 3 }] };
}

function randomRungs(
  chance: Chance,
  unit: Unit,
  evidence: readonly string[],
  isDemanding: boolean,
): readonly WrittenPart[] {
  let after = chance.happens(0.7) ? 0 : 1;
  const count = chance.between(2, 4);
  return Array.from({ length: count }, (_, index) => {
    const rung = { after: `${after} ${unit}` };
    after += chance.between(1, 2 * WORTH[unit]);
    if (index === count - 1 && isDemanding) return { ...rung, demand: demand(chance) };
    const actions = Array.from({ length: chance.between(1, 2) }, () => action(chance, evidence));
    return { ...rung, do: actions };
  });
}

function demand(chance: Chance): Written {
  return {
    of: chance.pick(['manager', 'director', 'owner']),
    ways: { push: ['plan', 'next_step_on'], fall_back: ['stage'], hand_over: ['to'], close_lost: ['reason'] },
    ...(chance.happens(0.5) && { fields: { cause: { type: 'text' } } }),
  };
}

function action(chance: Chance, evidence: readonly string[]): Written {
  return chance.weighted<() => Written>([
    [4, () => ({ remind: 'owner' })],
    [4, () => ({ notify: chance.pick(['manager', 'director', 'backer']) })],
    [1, () => ({ task: titled('call them'), owner: chance.pick(['owner', 'manager']), due: '2 business days' })],
    [evidence.length > 0 ? 1 : 0, () => ({ require: chance.pick(evidence) })],
    [1, () => ({ flag: 'cold' })],
    [1, () => ({ hand_over: 'manager' })],
    [1, () => ({ send: 'erp' })],
  ])();
}

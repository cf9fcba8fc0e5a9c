/** To whom a case belongs by where its customer lies: the named accounts first, then the first plot that holds (D46). */

import { truthOf } from '../condition/evaluate.ts';
import { plainName } from '../plain-name.ts';
import type { Territory } from '../playbook/territory.ts';
import { personOf } from '../who/reporting-line.ts';
import { nearestAbove } from '../who/resolve-who.ts';
import { isThere } from '../who/substitutes.ts';
import { type CaseView, seenIn } from './case-view.ts';

export interface Lies {
  /** The plot, or `named` for a named account. */
  readonly plot: string;
  /** Its owner, or the nearest above who is there where the owner has left. */
  readonly owner: string;
}

/** Absent where it lies in none, or nobody is left to take it. */
export function plotOf(view: CaseView): Lies | undefined {
  const { territories = {} } = view.world.playbook;
  for (const territory of Object.values(territories)) {
    if (!territory.applies_to.includes(view.state.pipeline)) continue;
    const found = liesIn(view, territory);
    const owner = found && taker(view, found.owner);
    if (found !== undefined && owner !== undefined) return { plot: found.plot, owner };
  }
  return undefined;
}

function liesIn(view: CaseView, { account, named, plots }: Territory): Lies | undefined {
  const seen = seenIn(view);
  const name = account === undefined ? undefined : seen.fact(account);
  const isIt = typeof name === 'string' ? named.find((one) => plainName(one.account) === plainName(name)) : undefined;
  if (isIt !== undefined) return { plot: 'named', owner: isIt.owner };
  return plots.find(({ when }) => truthOf(when, seen) === true);
}

/** Somebody away keeps what is theirs; somebody who has left does not. */
function taker({ world, at }: CaseView, owner: string): string | undefined {
  const person = personOf(world.people, owner);
  if (person === undefined) return undefined;
  return person.active
    ? owner
    : nearestAbove(world.people, owner, at, (one) => isThere(personOf(world.people, one), at));
}

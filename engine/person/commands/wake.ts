/** `wake`: what falls due about a person by itself. */

import { SYSTEM } from '../../who/rights.ts';
import type { PersonEvent } from '../event.ts';
import { evolve } from '../evolve.ts';
import { passFindings, ringFindings } from '../findings/ring-findings.ts';
import { digestAt } from '../inbox-rules.ts';
import { accepted, type Decision, forbidden } from '../no.ts';
import { passDuties, turnSeries } from '../rhythm/turn-series.ts';
import { isLastAdministrator } from '../rights.ts';
import type { PersonState, WaitingLine } from '../state.ts';
import type { PersonWorld } from '../world.ts';
import { passTurns, ringCoaching } from './goals.ts';
import { leaving } from './leave.ts';

/** An absence that was over before anybody looked begins and ends at once; who leaves is not told of anything more. */
export function wake(world: PersonWorld, state: PersonState, actor: string): Decision {
  if (actor !== SYSTEM) return forbidden('not-a-timer', { zh: '只有计时器可以唤醒', en: 'only timers wake' });
  const { now } = world;
  const stamp = { v: 1, at: now, by: actor } as const;
  const { leaves } = state;
  if (leaves !== undefined && leaves.at <= now) return accepted(gone(world, state));
  const events: PersonEvent[] = [];
  for (const { absence, from, until } of state.absences) {
    if (until <= now) events.push({ event: 'absence_ended', ...stamp, absence });
    else if (from <= now && state.away !== absence) events.push({ event: 'absence_began', ...stamp, absence });
  }
  const rung = [
    ...passTurns(world, state, actor),
    ...ringCoaching(world, state),
    ...passFindings(world, state, actor),
    ...ringFindings(world, state),
    ...passDuties(world, state, actor),
  ];
  // A week that fell short may begin a session as well as a goal that has ended: they are numbered one after the other. Absences
  // that are over still say who was away on the day.
  events.push(...rung, ...turnSeries(world, rung.reduce<PersonState>(evolve, state)));
  const due = digestAt(world, state);
  if (due !== undefined && due <= now) events.push({ event: 'digest_sent', ...stamp, lines: byMoney(state.waiting) });
  return accepted(events);
}

/** Others may have left since the day was set: the last administrator stays. */
function gone(world: PersonWorld, state: PersonState): readonly PersonEvent[] {
  if (!isLastAdministrator(world, { role: state.role, active: false })) {
    return leaving(world, SYSTEM, state.leaves?.successor);
  }
  return [{ event: 'leave_cancelled', v: 1, at: world.now, by: SYSTEM }];
}

/** The most money at risk first, whatever its currency. What is about no money keeps the order it came in, at the end. */
function byMoney(lines: readonly WaitingLine[]): readonly WaitingLine[] {
  const minor = ({ at_risk }: WaitingLine): number => at_risk?.minor ?? -1;
  return [...lines].sort((a, b) => minor(b) - minor(a));
}

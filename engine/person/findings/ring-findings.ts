/** What waiting for an answer to a finding brings, and who is asked for it now. */

import { type DueRung, firedBy, rungsFrom } from '../../parts/waiting.ts';
import type { WaitingRung } from '../../playbook/waiting-rung.ts';
import type { Instant } from '../../time/instant.ts';
import { resolveWho } from '../../who/resolve-who.ts';
import { SYSTEM } from '../../who/rights.ts';
import { whoContext } from '../coaching/turns.ts';
import type { PersonEvent } from '../event.ts';
import { calendarOf } from '../inbox-rules.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';
import { heardOf, isOpen, type RepFinding } from './finding.ts';

/** In the order of time: the end of the time to answer is a rung too. */
function duesOf(world: PersonWorld, state: PersonState, entry: RepFinding): readonly DueRung[] {
  if (!isOpen(entry)) return [];
  const { respond_within: within, rungs, at } = entry.rule;
  const calendar = calendarOf(world, state.role);
  const all: readonly WaitingRung[] =
    within === undefined ? rungs : [{ after: within, remind: true, notify: [], at }, ...rungs];
  return rungsFrom(calendar, entry.found_at, all);
}

export function answerDue(world: PersonWorld, state: PersonState, entry: RepFinding): Instant | undefined {
  return duesOf(world, state, entry)[entry.fired]?.at;
}

export function findingsWakeAt(world: PersonWorld, state: PersonState): Instant | undefined {
  if (!state.active) return undefined;
  const entries = Object.values(state.findings ?? {});
  return entries.flatMap((entry) => answerDue(world, state, entry) ?? []).sort()[0];
}

export function askedAbout(world: PersonWorld, { owner }: RepFinding['rule']): readonly string[] {
  return resolveWho(world.people, owner, whoContext(world));
}

export function ringFindings(world: PersonWorld, state: PersonState): readonly PersonEvent[] {
  return Object.entries(state.findings ?? {}).flatMap(([finding, entry]): PersonEvent[] => {
    const { asked, fired } = entry;
    const now = firedBy(duesOf(world, state, entry), { fired, now: world.now, asked }, world.people, whoContext(world));
    if (now === undefined) return [];
    return [
      {
        event: 'finding_rung_fired',
        v: 1,
        at: world.now,
        by: SYSTEM,
        finding,
        fired: now.fired,
        due_at: now.last.at,
        reminded: now.reminds ? asked : [],
        told: now.told,
      },
    ];
  });
}

/** Whoever leads the person now is asked in the place of those who did. */
export function passFindings(world: PersonWorld, state: PersonState, by: string): readonly PersonEvent[] {
  return Object.entries(state.findings ?? {}).flatMap(([finding, entry]): PersonEvent[] => {
    const asked = isOpen(entry) ? askedAbout(world, entry.rule) : entry.asked;
    if (asked.join() === entry.asked.join()) return [];
    const settles = heardOf(entry).filter((one) => !asked.includes(one));
    return [{ event: 'finding_passed', v: 1, at: world.now, by, finding, settles, asked }];
  });
}

/** What waiting for an answer to a finding brings, and who is asked for it now. */

import type { WaitingRung } from '../../playbook/waiting-rung.ts';
import { addDuration } from '../../time/calendar.ts';
import type { Instant } from '../../time/instant.ts';
import { resolveWho } from '../../who/resolve-who.ts';
import { SYSTEM } from '../../who/rights.ts';
import { whoContext } from '../coaching/turns.ts';
import type { PersonEvent } from '../event.ts';
import { calendarOf } from '../inbox-rules.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';
import { heardOf, isOpen, type RepFinding } from './finding.ts';

interface Due {
  readonly rung: WaitingRung;
  readonly at: Instant;
}

/** In the order of time: the end of the time to answer is a rung too. */
function duesOf(world: PersonWorld, state: PersonState, entry: RepFinding): readonly Due[] {
  if (!isOpen(entry)) return [];
  const { respond_within: within, rungs, at } = entry.rule;
  const calendar = calendarOf(world, state.role);
  const all: readonly WaitingRung[] =
    within === undefined ? rungs : [{ after: within, remind: true, notify: [], at }, ...rungs];
  const dues = all.map((rung) => ({ rung, at: addDuration(calendar, entry.found_at, rung.after) }));
  return dues.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
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

/** Of rungs missed together the last speaks, to all that any names. */
export function ringFindings(world: PersonWorld, state: PersonState): readonly PersonEvent[] {
  return Object.entries(state.findings ?? {}).flatMap(([finding, entry]): PersonEvent[] => {
    const dues = duesOf(world, state, entry);
    const last = dues.findLastIndex(({ at }) => at <= world.now);
    const due = dues[last];
    if (due === undefined || last < entry.fired) return [];
    const rungs = dues.slice(entry.fired, last + 1).map(({ rung }) => rung);
    const told = rungs
      .flatMap(({ notify }) => notify)
      .flatMap((who) => resolveWho(world.people, who, whoContext(world)))
      .filter((one) => !entry.asked.includes(one));
    return [
      {
        event: 'finding_rung_fired',
        v: 1,
        at: world.now,
        by: SYSTEM,
        finding,
        fired: last + 1,
        due_at: due.at,
        reminded: rungs.some(({ remind }) => remind) ? entry.asked : [],
        told: [...new Set(told)].sort(),
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

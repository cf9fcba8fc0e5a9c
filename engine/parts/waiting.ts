/** Rungs of waiting: what an answer, a turn or a duty that is not there brings, in the order of time. */

import type { WaitingRung } from '../playbook/waiting-rung.ts';
import { addDuration, type WorkingCalendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import type { People } from '../who/people.ts';
import { resolveWho } from '../who/resolve-who.ts';
import type { WhoContext } from '../who/who-context.ts';

export interface DueRung {
  readonly rung: WaitingRung;
  readonly at: Instant;
}

/** Counted from an instant. */
export function rungsFrom(calendar: WorkingCalendar, from: Instant, rungs: readonly WaitingRung[]): readonly DueRung[] {
  const dues = rungs.map((rung) => ({ rung, at: addDuration(calendar, from, rung.after) }));
  return dues.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

export interface Fired {
  /** How many have fired now. */
  readonly fired: number;
  readonly last: DueRung;
  readonly reminds: boolean;
  /** Whom they name, less those who are asked themselves; sorted. */
  readonly told: readonly string[];
}

/** What has fired by now and had not before; of rungs missed together the last speaks, to all that any of them names. */
export function firedBy(
  dues: readonly DueRung[],
  { fired, now, asked }: { readonly fired: number; readonly now: Instant; readonly asked: readonly string[] },
  people: People,
  context: WhoContext,
): Fired | undefined {
  const index = dues.findLastIndex(({ at }) => at <= now);
  const last = dues[index];
  if (last === undefined || index < fired) return undefined;
  const rungs = dues.slice(fired, index + 1).map(({ rung }) => rung);
  const told = rungs.flatMap(({ notify }) => notify).flatMap((who) => resolveWho(people, who, context));
  return {
    fired: index + 1,
    last,
    reminds: rungs.some(({ remind }) => remind),
    told: [...new Set(told)].filter((one) => !asked.includes(one)).sort(),
  };
}

/** Instants and lengths as a person reads them in a terminal. */

import type { Instant } from '../engine/time/instant.ts';
import type { Say } from './lang.ts';

/** Shows instants in one zone; journal and JSON keep UTC. */
export interface ClockFace {
  /** `2026-10-20 09:00`. */
  instant(at: Instant): string;
  /** `2026-10-20`: the day that is over at this midnight, which is how a day's deadline is kept. */
  lastDay(at: Instant): string;
}

/** @param zone the zone of a case's calendar; absent: the machine's, for what belongs to no case */
export function clockIn(zone?: string): ClockFace {
  // Swedish writes dates and times the way ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return {
    instant: (at) => format.format(new Date(at)),
    lastDay: (at) => format.format(new Date(Date.parse(at) - 1)).slice(0, 10),
  };
}

/** `12 working days`. */
export function showWorkingDays(days: number, say: Say): string {
  return say(`${days} 个工作日`, `${days} working ${days === 1 ? 'day' : 'days'}`);
}

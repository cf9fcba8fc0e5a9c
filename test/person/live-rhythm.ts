/** Lives the shipped rhythm of a rep in tests, in the office's calendar. */

import type { PersonEvent } from '../../engine/person/event.ts';
import type { Rhythm, Series } from '../../engine/playbook/rhythm.ts';
import { compiledWith } from '../mapping/shipped-mapping.ts';
import { DrivePerson } from './drive-person.ts';

const SET = compiledWith();
export const WAKE = { command: 'wake' } as const;

/** The rep's rhythm, less what is only for newcomers and what the manager does, in the office's calendar of the tests. */
export function weekly(change: (series: Series) => Series = (one) => one): Readonly<Record<string, Rhythm>> {
  const shipped = SET.rhythms?.['rep-rhythm'];
  if (shipped === undefined) throw new Error('no rhythm');
  const duties = shipped.duties.filter(({ by }) => by === 'self').map(change);
  return { 'rep-rhythm': { ...shipped, calendar: 'office', duties } };
}

export function ann(rhythms = weekly()): DrivePerson {
  const drive = new DrivePerson('ann');
  drive.coaching = SET.coaching ?? {};
  drive.rhythms = rhythms;
  return drive;
}

/** Wakes whenever something is due, up to the instant; everything that happened. */
export function live(drive: DrivePerson, until: string): readonly PersonEvent[] {
  const events: PersonEvent[] = [];
  for (let turns = 0; turns < 2_000; turns += 1) {
    const at = drive.wakesAt;
    if (at === undefined || at > until) break;
    if (at > drive.now) drive.to(at);
    const outcome = drive.try('system', WAKE);
    if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
    events.push(...outcome.events);
  }
  drive.to(until);
  return events;
}

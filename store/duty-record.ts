/** How a person's duties ended, from their journal: what is over is in no state any more. */

import type { PersonEvent, PersonEventOf } from '../engine/person/event.ts';
import type { Value } from '../engine/playbook/value.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { Store } from './open-store.ts';
import { personEvents } from './person-events.ts';

export type DutyEnd = 'done' | 'late' | 'missed' | 'excused' | 'spared';

export interface EndedDuty {
  /** Absent: it was never opened, since they were away. */
  readonly opened?: PersonEventOf<'duty_opened'>;
  /** The duty of the rhythm. */
  readonly of: string;
  readonly period?: string;
  readonly due_on: string;
  readonly how: DutyEnd;
  readonly ended_at: Instant;
  readonly by: string;
  readonly fields?: Readonly<Record<string, Value>>;
  readonly reason?: string;
  /** Whoever had to read it did not, in time. */
  readonly unread: boolean;
}

/** The newest first. */
export async function dutyRecord(store: Store, person: string): Promise<readonly EndedDuty[]> {
  const opened = new Map<string, PersonEventOf<'duty_opened'>>();
  const ended: EndedDuty[] = [];
  const places = new Map<string, number>();
  for (const event of await personEvents(store, person, '"event":"duty_')) {
    if (event.event === 'duty_opened') opened.set(event.id, event);
    if (event.event === 'duty_unread') markUnread(ended, places.get(event.duty));
    const end = endOf(event, opened);
    if (end === undefined) continue;
    if ('duty' in event) places.set(event.duty, ended.length);
    ended.push(end);
  }
  return ended.reverse();
}

function markUnread(ended: EndedDuty[], at: number | undefined): void {
  const one = at === undefined ? undefined : ended[at];
  if (at !== undefined && one !== undefined) ended[at] = { ...one, unread: true };
}

function endOf(event: PersonEvent, opened: ReadonlyMap<string, PersonEventOf<'duty_opened'>>): EndedDuty | undefined {
  if (event.event === 'duty_spared') {
    const { series: of, period, due_on, at: ended_at, by } = event;
    return { of, period, due_on, how: 'spared', ended_at, by, unread: false };
  }
  if (event.event !== 'duty_done' && event.event !== 'duty_missed' && event.event !== 'duty_excused') return undefined;
  const first = opened.get(event.duty);
  const { of, period, at: ended_at, by } = event;
  const common = {
    ...(first !== undefined && { opened: first }),
    of,
    ...(period !== undefined && { period }),
    due_on: first?.due_on ?? '',
    ended_at,
    by,
    unread: false,
  };
  switch (event.event) {
    case 'duty_done':
      return { ...common, how: event.late ? 'late' : 'done', fields: event.fields };
    case 'duty_missed':
      return { ...common, how: 'missed' };
    case 'duty_excused':
      return { ...common, how: 'excused', ...(event.reason !== undefined && { reason: event.reason }) };
  }
}

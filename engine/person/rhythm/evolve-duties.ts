/** Applies events about duties to a person's state. */

import type { PersonEvent, PersonEventOf } from '../event.ts';
import type { PersonState } from '../state.ts';
import type { Duty, DutyEvent } from './duty.ts';

export type DutyHappened = PersonEventOf<DutyEvent['event']>;

export function evolveDuties(state: PersonState, event: DutyHappened): PersonState {
  switch (event.event) {
    case 'series_begun':
      return { ...state, series: { ...state.series, [event.series]: { through: event.through } } };
    case 'series_ended': {
      const { [event.series]: _ended, ...series } = state.series ?? {};
      return { ...state, series };
    }
    case 'duty_spared':
      return through(state, event.series, event.until);
    case 'duty_opened': {
      const { v: _v, at: opened_at, by: _by, event: _event, series, ...rest } = event;
      const duty: Duty = { ...rest, opened_at, told: [], fired: 0 };
      const opened = {
        ...state,
        duties: [...(state.duties ?? []), duty],
        duties_opened: (state.duties_opened ?? 0) + 1,
      };
      return series === undefined ? opened : through(opened, series, event.until);
    }
    case 'duty_missed':
    case 'duty_excused':
    case 'duty_read':
    case 'duty_unread':
      return without(state, event.duty);
    case 'duty_done': {
      const { at, by, readers } = event;
      if (readers.length === 0) return without(state, event.duty);
      return changed(state, event.duty, (duty) => ({ ...duty, done: { at, by, readers } }));
    }
    case 'duty_rung_fired':
      return changed(state, event.duty, (duty) => ({
        ...duty,
        fired: event.fired,
        told: [...new Set([...duty.told, ...event.told])],
      }));
    case 'duty_passed':
      return changed(state, event.duty, (duty) =>
        duty.done === undefined
          ? { ...duty, asked: event.asked }
          : { ...duty, done: { ...duty.done, readers: event.asked } },
      );
  }
}

function through(state: PersonState, series: string, day: string): PersonState {
  return { ...state, series: { ...state.series, [series]: { through: day } } };
}

function without(state: PersonState, id: string): PersonState {
  return { ...state, duties: (state.duties ?? []).filter((duty) => duty.id !== id) };
}

function changed(state: PersonState, id: string, change: (duty: Duty) => Duty): PersonState {
  return { ...state, duties: (state.duties ?? []).map((duty) => (duty.id === id ? change(duty) : duty)) };
}

/** Who leaves keeps no rhythm; who comes back begins it anew. */
export function withoutDuties(state: PersonState): PersonState {
  const { duties: _duties, series: _series, ...rest } = state;
  return rest;
}

export function isAboutDuties(event: PersonEvent): event is DutyHappened {
  return event.event.startsWith('duty_') || event.event.startsWith('series_');
}

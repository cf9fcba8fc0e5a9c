/** Applies events about findings to a person's state. */

import type { PersonEvent, PersonEventOf } from '../event.ts';
import type { PersonState } from '../state.ts';
import type { RepFinding, RepFindingEvent } from './finding.ts';

export type FindingHappened = PersonEventOf<RepFindingEvent['event']>;

export function evolveFindings(state: PersonState, event: FindingHappened): PersonState {
  const { [event.finding]: entry, ...others } = state.findings ?? {};
  if (event.event !== 'finding_found') {
    return entry === undefined ? state : { ...state, findings: { ...others, [event.finding]: changed(entry, event) } };
  }
  const { diagnosis, rule, n, asked, facts, from, until, support, at: found_at } = event;
  const found: RepFinding = { diagnosis, rule, n, found_at, asked, told: [], fired: 0, facts, from, until, support };
  return { ...state, findings: { ...others, [event.finding]: found } };
}

function changed(entry: RepFinding, event: Exclude<FindingHappened, { event: 'finding_found' }>): RepFinding {
  switch (event.event) {
    case 'finding_gone':
      return { ...entry, gone: { at: event.at, facts: event.facts } };
    case 'finding_answered': {
      const { answer: as, by, at, reason, session } = event;
      const more = { ...(reason !== undefined && { reason }), ...(session !== undefined && { session }) };
      return { ...entry, answer: { as, by, at, ...more } };
    }
    case 'finding_rung_fired':
      return { ...entry, fired: event.fired, told: [...new Set([...entry.told, ...event.told])] };
    case 'finding_passed':
      return { ...entry, asked: event.asked };
  }
}

/** Of somebody who has left nothing is asked any more. */
export function withoutFindings(state: PersonState): PersonState {
  const { findings: _findings, ...rest } = state;
  return rest;
}

export function isAboutFindings(event: PersonEvent): event is FindingHappened {
  return event.event.startsWith('finding_');
}

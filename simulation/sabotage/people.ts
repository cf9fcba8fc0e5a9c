/** The machine with people and their inboxes broken on purpose. */

import { type Machine, REAL } from '../memory/machine.ts';
import { accepted, decidingOfPeople, eventsOfPeople, type Sabotage, stamped } from './breaking.ts';

export const BROKEN_PEOPLE: readonly Sabotage[] = [
  {
    name: 'mails at night what could wait for the morning',
    breaks: ['disturbed-by-the-rules'],
    machine: () =>
      eventsOfPeople((event) =>
        event.event === 'message_received' && event.mailed === 'in_digest' ? { ...event, mailed: 'now' } : event,
      ),
  },
  {
    name: 'leaves the oldest out of a digest',
    breaks: ['digests-are-whole'],
    machine: () =>
      eventsOfPeople((event) => (event.event === 'digest_sent' ? { ...event, lines: event.lines.slice(1) } : event)),
  },
  {
    name: 'tells in a digest what has been read',
    breaks: ['digests-are-whole'],
    machine: () => {
      const evolve: Machine['person']['evolve'] = (state, event) => {
        const after = REAL.person.evolve(state, event);
        return event.event === 'items_read' ? { ...after, waiting: state?.waiting ?? [] } : after;
      };
      return { ...REAL, person: { ...REAL.person, evolve } };
    },
  },
  {
    name: 'never wakes for a digest',
    breaks: ['what-waits-is-told'],
    machine: () => ({
      ...REAL,
      person: {
        ...REAL.person,
        wakeAt: (scene, state) => REAL.person.wakeAt(scene, { ...state, waiting: [] }),
      },
    }),
  },
  {
    name: 'puts people above themselves',
    breaks: ['nobody-above-themselves'],
    machine: () =>
      decidingOfPeople((decision, scene, body, actor) => {
        const isCircle =
          decision.outcome === 'invalid' && decision.problems.some(({ code }) => code === 'manager-circle');
        if (!isCircle) return decision;
        const name = String(body['name']);
        const profile = { name, role: 'director', manager: String(body['manager']), lang: 'en', active: true } as const;
        return accepted({ ...stamped({ scene, actor }), event: 'person_changed', profile });
      }),
  },
  {
    name: 'lets the last administrator go',
    breaks: ['somebody-administers'],
    machine: () =>
      decidingOfPeople((decision, scene, _body, actor) => {
        const isLast =
          decision.outcome === 'refused' && decision.reasons.some(({ code }) => code === 'last-administrator');
        if (!isLast) return decision;
        const profile = { name: 'root', role: 'rep', lang: 'en', active: true } as const;
        return accepted({ ...stamped({ scene, actor }), event: 'person_changed', profile });
      }),
  },
];

/** The machine with its clocks broken on purpose. */

import { fromMs, toMs } from '../../engine/time/instant.ts';
import type { Scene } from '../../store/decider.ts';
import { REAL } from '../memory/machine.ts';
import { DAY_MS, HOUR_MS } from '../parameters.ts';
import { accepted, deciding, evolving, type Sabotage, stamped } from './breaking.ts';

/** Holidays are forgotten. */
const withoutHolidays = new WeakMap<object, NonNullable<Scene['playbook']>>();
function overworked(scene: Scene): Scene {
  const { playbook } = scene;
  if (playbook === undefined) return scene;
  const known = withoutHolidays.get(playbook);
  const calendars = Object.entries(playbook.calendars).map(([id, one]) => [id, { ...one, holidays: [] }]);
  const changed = known ?? { ...playbook, calendars: Object.fromEntries(calendars) };
  withoutHolidays.set(playbook, changed);
  return { ...scene, playbook: changed };
}

export const BROKEN_CLOCKS: readonly Sabotage[] = [
  {
    name: 'fires a rung twice',
    breaks: ['rungs-once-in-order', 'nothing-stalls-in-silence'],
    machine: () =>
      evolving((after, event) => {
        const { stall } = after.clock;
        if (event.event !== 'rung_fired' || stall === undefined) return after;
        return { ...after, clock: { ...after.clock, stall: { ...stall, fired: event.rung } } };
      }),
  },
  {
    name: 'forgets the holidays',
    breaks: ['never-too-early', 'nothing-stalls-in-silence', 'forward-on-proof-alone'],
    machine: () => ({
      ...REAL,
      case: {
        ...REAL.case,
        decide: (scene, state, envelope) => REAL.case.decide(overworked(scene), state, envelope),
        wakeAt: (scene, state) => REAL.case.wakeAt(overworked(scene), state),
      },
    }),
  },
  {
    name: 'says that a rung was due an hour before it was',
    breaks: ['never-too-early', 'clocks-show-their-work'],
    machine: () =>
      deciding((decision) => {
        if (decision.outcome !== 'accepted') return decision;
        const hurried = decision.events.map((event) =>
          event.event === 'rung_fired' ? { ...event, due_at: fromMs(toMs(event.due_at) - HOUR_MS) } : event,
        );
        return { ...decision, events: hurried };
      }),
  },
  {
    name: 'counts the nights as work',
    breaks: ['clocks-show-their-work'],
    machine: () =>
      deciding((decision, { state }) => {
        if (decision.outcome !== 'accepted') return decision;
        const from = state.clock.stall?.started_at;
        const all = decision.events.map((event) =>
          event.event === 'rung_fired' && from !== undefined && event.counted.length > 1
            ? { ...event, counted: [{ from, to: event.due_at }], paused: [] }
            : event,
        );
        return { ...decision, events: all };
      }),
  },
  {
    name: 'forgets to end the timers of what is over',
    breaks: ['ended-things-ring-no-more', 'nothing-stalls-in-silence'],
    machine: () => ({
      ...REAL,
      case: {
        ...REAL.case,
        wakeAt: (scene, state) => (state.finished ? fromMs(toMs(scene.now) + DAY_MS) : REAL.case.wakeAt(scene, state)),
      },
    }),
  },
  {
    name: 'sleeps through its alarm',
    breaks: ['rings-are-heard'],
    machine: () => ({ ...REAL, alarm: (at) => (at === undefined ? at : fromMs(toMs(at) + 30 * DAY_MS)) }),
  },
  {
    name: 'never rings at all',
    breaks: ['rings-are-heard'],
    machine: () => ({ ...REAL, alarm: () => undefined }),
  },
  {
    name: 'lets an activity settle what a director must decide',
    breaks: ['demands-are-owed'],
    machine: () =>
      deciding((decision, asked) => {
        const isOwed = asked.state.clock.stall?.demanded === true;
        if (asked.body.command !== 'log_activity' || decision.outcome !== 'accepted' || !isOwed) return decision;
        return accepted(...decision.events, { ...stamped(asked), event: 'stall_ended', because: 'activity' });
      }),
  },
];

/** The machine with one part broken at a time: what the promises must be able to find, or they promise nothing. */

import type { CaseEvent } from '../engine/case/event.ts';
import type { Outcome } from '../engine/case/outcome.ts';
import type { CaseState } from '../engine/case/state.ts';
import type { PersonEvent } from '../engine/person/event.ts';
import { fromMs, toMs } from '../engine/time/instant.ts';
import type { Scene } from '../store/decider.ts';
import { type Machine, REAL } from './memory/machine.ts';
import { DAY_MS, HOUR_MS } from './parameters.ts';

export interface Sabotage {
  readonly name: string;
  /** What is broken from now on. Fresh for each run: some break only now and then. */
  readonly machine: () => Machine;
  /** The promises that may be the first to break. */
  readonly breaks: readonly string[];
}

type Decision = Outcome<CaseEvent>;
interface Asked {
  readonly scene: Scene;
  readonly state: CaseState;
  readonly actor: string;
  readonly body: { readonly command: string; readonly [key: string]: unknown };
}

/** The case decider with another word on some decisions about cases that exist. */
function deciding(change: (decision: Decision, asked: Asked) => Decision): Machine {
  const decide: Machine['case']['decide'] = (scene, state, envelope) => {
    const decision = REAL.case.decide(scene, state, envelope);
    return state === undefined
      ? decision
      : change(decision, { scene, state, actor: envelope.actor, body: { ...envelope.body } });
  };
  return { ...REAL, case: { ...REAL.case, decide } };
}

function evolving(change: (after: CaseState, event: CaseEvent, before: CaseState) => CaseState): Machine {
  const evolve: Machine['case']['evolve'] = (state, event) => {
    const after = REAL.case.evolve(state, event);
    return state === undefined ? after : change(after, event, state);
  };
  return { ...REAL, case: { ...REAL.case, evolve } };
}

/** Another word on decisions about people. */
function decidingOfPeople(
  change: (decision: Outcome<PersonEvent>, scene: Scene, body: Asked['body'], actor: string) => Outcome<PersonEvent>,
): Machine {
  const decide: Machine['person']['decide'] = (scene, state, envelope) =>
    change(REAL.person.decide(scene, state, envelope), scene, { ...envelope.body }, envelope.actor);
  return { ...REAL, person: { ...REAL.person, decide } };
}

function accepted<E>(...events: readonly E[]): Outcome<E> {
  return { outcome: 'accepted', events, warnings: [] };
}

function stamped({ scene, actor }: Pick<Asked, 'scene' | 'actor'>) {
  return { v: 1, at: scene.now, by: actor } as const;
}

/** The first that waits for somebody's acceptance. */
function waitingOf({ evidence }: CaseState): string | undefined {
  return Object.keys(evidence).find((id) => evidence[id]?.status === 'submitted');
}

function nextStage({ scene, state }: Asked): string | undefined {
  const stages = scene.rules?.pipeline.stages ?? [];
  return stages[stages.findIndex(({ stage }) => stage === state.stage) + 1]?.stage;
}

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

/** Every so manyeth time. */
function sometimes(every: number): () => boolean {
  let count = 0;
  return () => {
    count += 1;
    return count % every === 0;
  };
}

export const SABOTAGES: readonly Sabotage[] = [
  {
    name: 'lets people accept their own evidence',
    breaks: ['nobody-settles-their-own'],
    machine: () =>
      deciding((decision, asked) =>
        decision.outcome === 'forbidden' &&
        decision.reason.code === 'own-evidence' &&
        asked.body.command === 'accept_evidence'
          ? accepted({ ...stamped(asked), event: 'evidence_accepted', evidence: String(asked.body['evidence']) })
          : decision,
      ),
  },
  {
    name: 'takes silence for acceptance',
    breaks: ['silence-never-approves'],
    machine: () =>
      deciding((decision, asked) => {
        const evidence = waitingOf(asked.state);
        if (asked.body.command !== 'wake' || decision.outcome !== 'accepted' || evidence === undefined) return decision;
        return accepted(...decision.events, { ...stamped(asked), event: 'evidence_accepted', evidence });
      }),
  },
  {
    name: 'opens gates on what is not known',
    breaks: ['forward-on-proof-alone'],
    machine: () =>
      deciding((decision, asked) => {
        const stage = nextStage(asked);
        if (asked.body.command !== 'advance' || asked.body['to'] !== undefined || stage === undefined) return decision;
        const isUnknown =
          decision.outcome === 'refused' &&
          decision.reasons.every(({ unmet }) => unmet.length > 0 && unmet.every(({ truth }) => truth === 'unknown'));
        if (!isUnknown) return decision;
        return accepted({
          ...stamped(asked),
          event: 'stage_entered',
          from: asked.state.stage,
          stage,
          because: 'advance',
        });
      }),
  },
  {
    name: 'holds cases back for no reason',
    breaks: ['no-refusal-without-cause'],
    machine: () =>
      deciding((decision, { body }) => {
        if (body.command !== 'advance' || decision.outcome !== 'accepted') return decision;
        const message = { zh: '不行', en: 'no' };
        return { outcome: 'refused', reasons: [{ code: 'because', message, unmet: [], can_meet: [], under_way: [] }] };
      }),
  },
  {
    name: 'leaves a case where its evidence no longer carries it',
    breaks: ['never-higher-than-supported'],
    machine: () =>
      deciding((decision) => {
        if (decision.outcome !== 'accepted') return decision;
        const isFall = (event: CaseEvent): boolean =>
          event.event === 'stage_entered' && event.because === 'support_lost';
        return { ...decision, events: decision.events.filter((event) => !isFall(event)) };
      }),
  },
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
  {
    name: 'judges running cases by the newest playbook',
    breaks: [
      'forward-on-proof-alone',
      'no-refusal-without-cause',
      'nothing-stalls-in-silence',
      'never-too-early',
      'rungs-once-in-order',
      'clocks-show-their-work',
      'never-higher-than-supported',
      'silence-never-approves',
      'crash',
    ],
    machine: () => {
      const newest = (scene: Scene, state: CaseState | undefined): Scene => {
        const rules = state && scene.playbook?.rules[state.pipeline];
        return rules === undefined ? scene : { ...scene, rules };
      };
      const { decide, wakeAt } = REAL.case;
      return {
        ...REAL,
        case: {
          ...REAL.case,
          decide: (scene, state, envelope) => decide(newest(scene, state), state, envelope),
          wakeAt: (scene, state) => wakeAt(newest(scene, state), state),
        },
      };
    },
  },
  {
    name: 'dates what happens to an hour before',
    breaks: ['two-times'],
    machine: () =>
      deciding((decision) =>
        decision.outcome === 'accepted'
          ? {
              ...decision,
              events: decision.events.map((event) => ({ ...event, at: fromMs(toMs(event.at) - HOUR_MS) })),
            }
          : decision,
      ),
  },
  {
    name: 'keeps a fact that was cleared',
    breaks: ['state-is-the-fold', 'forward-on-proof-alone', 'no-refusal-without-cause'],
    machine: () =>
      evolving((after, event, before) =>
        event.event === 'facts_set' ? { ...after, facts: { ...before.facts, ...event.facts } } : after,
      ),
  },
  {
    name: 'decides a command again that it has answered',
    breaks: ['repeats-get-the-first-reply', 'messages-once-in-order'],
    machine: () => ({ ...REAL, firstOf: () => undefined }),
  },
  {
    name: 'loses a message now and then',
    breaks: ['messages-once-in-order', 'no-message-is-lost'],
    machine: () => {
      const isLost = sometimes(20);
      return { ...REAL, arrives: () => !isLost() };
    },
  },
  {
    name: 'gives a message another key when it sends it again',
    breaks: ['messages-once-in-order'],
    machine: () => ({ ...REAL, keyOf: (key, attempts) => (attempts === 0 ? key : `${key}.${attempts}`) }),
  },
  {
    name: 'sends the newest message first',
    breaks: ['messages-once-in-order'],
    machine: () => ({ ...REAL, ordered: (waiting) => waiting.toReversed() }),
  },
  {
    name: 'tells everybody everything twice',
    breaks: ['nobody-is-told-twice'],
    machine: () => ({
      ...REAL,
      case: {
        ...REAL.case,
        effectsOf: (scene, state, event) => {
          const effects = REAL.case.effectsOf(scene, state, event);
          return [...effects, ...effects];
        },
      },
    }),
  },
  {
    name: 'throws at an activity of a won case',
    breaks: ['crash'],
    machine: () =>
      deciding((decision, { body, state }) => {
        if (body.command === 'log_activity' && state.status === 'won') throw new TypeError('x is not a function');
        return decision;
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

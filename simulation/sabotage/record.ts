/** The machine with the journal or the delivery of messages broken on purpose. */

import { fromMs, toMs } from '../../engine/time/instant.ts';
import { REAL } from '../memory/machine.ts';
import { HOUR_MS } from '../parameters.ts';
import { deciding, evolving, type Sabotage } from './breaking.ts';

/** Every so manyeth time. */
function sometimes(every: number): () => boolean {
  let count = 0;
  return () => {
    count += 1;
    return count % every === 0;
  };
}

export const BROKEN_RECORD: readonly Sabotage[] = [
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
];

/** Tells all who follow the feed that there may be something new: one question to PostgreSQL for all of them. */

import { type FeedEnd, feedEnd } from '../store/feed.ts';
import type { Store } from '../store/open-store.ts';

const EVERY_MS = 250;

export interface FeedPulse {
  /** Resolves when the feed can be read beyond `tx`, at the latest after `patienceMs`. @throws Error when PostgreSQL is away. */
  beyond(tx: number, patienceMs: number): Promise<FeedEnd>;
}

interface Waiting {
  readonly tx: number;
  readonly deadline: number;
  readonly resolve: (end: FeedEnd) => void;
  readonly reject: (error: unknown) => void;
}

const pulses = new WeakMap<Store, FeedPulse>();

/** One for each store; it asks only while somebody waits. */
export function feedPulse(store: Store): FeedPulse {
  const pulse = pulses.get(store) ?? createFeedPulse(store);
  pulses.set(store, pulse);
  return pulse;
}

function createFeedPulse(store: Store): FeedPulse {
  let waiting: Waiting[] = [];
  let isBeating = false;

  async function beat(): Promise<void> {
    const asked = waiting;
    waiting = [];
    try {
      const end = await feedEnd(store);
      for (const one of asked) {
        if (end.tx > one.tx || performance.now() >= one.deadline) one.resolve(end);
        else waiting.push(one);
      }
    } catch (error) {
      for (const one of asked) one.reject(error);
    }
    isBeating = waiting.length > 0;
    // Nobody waits for long: the timer never keeps a process from ending.
    if (isBeating) setTimeout(() => void beat(), EVERY_MS).unref();
  }

  return {
    beyond: (tx, patienceMs) =>
      new Promise((resolve, reject) => {
        waiting.push({ tx, deadline: performance.now() + patienceMs, resolve, reject });
        if (isBeating) return;
        isBeating = true;
        void beat();
      }),
  };
}

/**
 * Signals to one entity go one after another, and no faster than it takes them. The server buffers about a hundred while a
 * workflow task runs and then breaks the task off, which SDK 1.24 can answer with a history that does not replay; and
 * where it is slow, hundreds at once to one workflow stand in each other's way until all of them time out.
 */

import { setTimeout as delay } from 'node:timers/promises';

/** What came of waiting for a turn: it was taken, or the row is so long that one had better come again. */
export type Turn = { readonly taken: true } | { readonly taken: false; readonly again_ms: number };

export interface SendPacer {
  /** Sends when it is the target's turn. @throws what `send` throws */
  inTurn(target: string, send: () => Promise<void>): Promise<Turn>;
}

export interface PacerOptions {
  /** From the begin of one signal to that of the next. */
  readonly spacingMs?: number;
  /** Beyond this a delivery gives up its turn instead of waiting in a worker's slot. */
  readonly longestWaitMs?: number;
}

/** Those who wait for one target. */
interface Row {
  last: Promise<unknown>;
  waiting: number;
  /** Until when places are given out: to those who wait here, and to those who are told to come again. */
  givenUntil: number;
  /** From the begin of the last signal to that of the next, as long as it takes now. */
  paceMs: number;
}

/** Nobody is sent away for longer: how fast a target will be is not known. */
const LONGEST_AGAIN_MS = 60_000;

const MOST_REMEMBERED = 10_000;

/** Shared by all deliveries of a process. */
export function createSendPacer({ spacingMs = 40, longestWaitMs = 5_000 }: PacerOptions = {}): SendPacer {
  const rows = new Map<string, Row>();

  function rowOf(target: string, now: number): Row {
    const known = rows.get(target);
    if (known !== undefined) return known;
    if (rows.size >= MOST_REMEMBERED)
      for (const [name, row] of rows) if (row.waiting === 0 && row.givenUntil <= now) rows.delete(name);
    const row = { last: Promise.resolve(), waiting: 0, givenUntil: 0, paceMs: spacingMs };
    rows.set(target, row);
    return row;
  }

  /** As much rest after a signal as it took: the target's own work must get its turn as well. */
  async function sendOne(row: Row, send: () => Promise<void>): Promise<void> {
    const began = performance.now();
    try {
      await send();
    } finally {
      row.paceMs = Math.max(spacingMs, Math.min(2 * (performance.now() - began), longestWaitMs / 4));
    }
  }

  return {
    inTurn: async (target, send) => {
      const cameAt = performance.now();
      const row = rowOf(target, cameAt);
      const at = Math.max(cameAt, row.givenUntil);
      row.givenUntil = Math.min(at + row.paceMs, cameAt + LONGEST_AGAIN_MS);
      const again_ms = Math.max(longestWaitMs, at - cameAt);
      // An idle target takes whoever comes, whatever was thought of it before.
      if (row.waiting * row.paceMs > longestWaitMs) return { taken: false, again_ms };
      let began = 0;
      const sent = row.last.then(async () => {
        began = performance.now();
        const isInTime = began - cameAt <= longestWaitMs;
        if (isInTime) await sendOne(row, send);
        return isInTime;
      });
      row.waiting += 1;
      row.last = sent
        .then(
          (isInTime) => isInTime,
          () => true,
        )
        .then(async (wasTaken) => {
          if (wasTaken) await delay(began + row.paceMs - performance.now());
          row.waiting -= 1;
        });
      return (await sent) ? { taken: true } : { taken: false, again_ms };
    },
  };
}

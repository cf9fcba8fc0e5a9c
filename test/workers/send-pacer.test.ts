/** Signals to one entity stand in a row: one under way at a time, whoever sends it, and nobody waits in it for long. */

import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createSendPacer } from '../../workers/send-pacer.ts';

/** A target that says how many are under way with it at once, and answers when it is told to. */
function target() {
  const underWay: (() => void)[] = [];
  let most = 0;
  let begun = 0;
  return {
    send: () =>
      new Promise<void>((resolve) => {
        begun += 1;
        underWay.push(resolve);
        most = Math.max(most, underWay.length);
      }),
    answerOne: () => underWay.shift()?.(),
    begun: () => begun,
    most: () => most,
  };
}

it('one at a time to one target, in the order of their coming; other targets are not kept waiting', async () => {
  const pacer = createSendPacer({ spacingMs: 1 });
  const slow = target();
  const done: number[] = [];
  const turns = [0, 1, 2, 3].map(async (n) => {
    const turn = await pacer.inTurn('person/ann', slow.send);
    done.push(n);
    return turn;
  });
  expect(await pacer.inTurn('person/bob', async () => undefined)).toEqual({ taken: true });
  for (let n = 1; n <= 4; n += 1) {
    while (slow.begun() < n) await delay(1);
    slow.answerOne();
  }
  expect(await Promise.all(turns)).toEqual([{ taken: true }, { taken: true }, { taken: true }, { taken: true }]);
  expect([slow.most(), done]).toEqual([1, [0, 1, 2, 3]]);
});

it('whoever comes to a long row is told when its end may be, each a little later but within a minute, and takes no place in it', async () => {
  const pacer = createSendPacer({ spacingMs: 10_000, longestWaitMs: 25_000 });
  const slow = target();
  const turns = Array.from({ length: 10 }, () => pacer.inTurn('person/ann', slow.send));
  // The first three wait, the second and third of them for longer than this test.
  const later = await Promise.all(turns.slice(3));
  const again = later.map((turn) => (turn.taken ? 0 : Math.round(turn.again_ms / 10_000)));
  expect(again).toEqual([3, 4, 5, 6, 6, 6, 6]);
  expect(slow.begun()).toBe(1);
});

it('whose turn comes too late because those before were slow gives it up; a failure is the sender’s own', async () => {
  const pacer = createSendPacer({ spacingMs: 1, longestWaitMs: 250 });
  const slow = target();
  const first = pacer.inTurn('person/ann', slow.send);
  const late = target();
  const second = pacer.inTurn('person/ann', late.send);
  await delay(260);
  slow.answerOne();
  expect(await first).toEqual({ taken: true });
  expect(await second).toEqual({ taken: false, again_ms: 250 });
  expect(late.begun()).toBe(0);
  await expect(pacer.inTurn('person/ann', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await pacer.inTurn('person/ann', async () => undefined)).toEqual({ taken: true });
});

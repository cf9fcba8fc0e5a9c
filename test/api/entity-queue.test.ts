/** A burst for one entity waits its turn; another entity is not held up by it. */

import { expect, test } from 'vitest';
import { createEntityQueue } from '../../api/entity-queue.ts';

/** A task that ends when told to. */
function held() {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { gate, release };
}

test('never more than the limit of one entity run at once, and all run in the end, in order', async () => {
  const queue = createEntityQueue({ inFlight: 3, maxWaiting: 100 });
  let running = 0;
  let most = 0;
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      queue.run('case/a', async () => {
        running += 1;
        most = Math.max(most, running);
        order.push(index);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test('another entity does not wait for a full one', async () => {
  const queue = createEntityQueue({ inFlight: 1, maxWaiting: 1 });
  const first = held();
  const busy = queue.run('case/a', () => first.gate);
  expect(await queue.run('case/b', async () => 'done')).toBe('done');
  first.release();
  await busy;
});

test('a task too many is not run and says so; a failed task gives its slot back', async () => {
  const queue = createEntityQueue({ inFlight: 1, maxWaiting: 1 });
  const first = held();
  const failing = queue.run('case/a', async () => {
    await first.gate;
    throw new Error('broken');
  });
  const waiting = queue.run('case/a', async () => 'second');
  expect(await queue.run('case/a', async () => 'third')).toBeUndefined();
  first.release();
  await expect(failing).rejects.toThrow('broken');
  expect(await waiting).toBe('second');
  expect(await queue.run('case/a', async () => 'fourth')).toBe('fourth');
});

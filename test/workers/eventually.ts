/** Waiting in tests: for a condition, with a deadline. */

import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again and again until `ask` gives something other than undefined or false, and returns that.
 *
 * @throws Error naming `what` when `deadlineMs` have passed.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  deadlineMs = 20_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`still not so after ${deadlineMs / 1000} s: ${what}`);
    await delay(20);
  }
}

/** The later of two instants: their text order is time order. */

import type { Instant } from '../time/instant.ts';

export function laterOf(a: Instant, b: Instant): Instant {
  if (a < b) return b;
  return a;
}

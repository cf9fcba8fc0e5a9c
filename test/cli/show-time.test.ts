/** Times are shown in the zone of the case's calendar, days by their name. */

import { expect, it } from 'vitest';
import { clockIn } from '../../cli/show-time.ts';

it('shows an instant in the zone, whatever zone the machine has', () => {
  expect(clockIn('Asia/Shanghai').instant('2026-10-20T01:00:00.000Z')).toBe('2026-10-20 09:00');
  expect(clockIn('America/New_York').instant('2026-10-20T01:00:00.000Z')).toBe('2026-10-19 21:00');
});

it('names the day that ends at a midnight, not the one that begins', () => {
  expect(clockIn('Asia/Shanghai').lastDay('2026-10-20T16:00:00.000Z')).toBe('2026-10-20');
  expect(clockIn('UTC').lastDay('2026-10-21T00:00:00.000Z')).toBe('2026-10-20');
});

/** What is done while an answer is waited for: about a finding, or a turn in coaching. */

import type { Duration } from '../time/duration.ts';
import type { At } from './text.ts';
import type { Who } from './who.ts';

export interface WaitingRung {
  /** Counted from when the waiting began. */
  readonly after: Duration;
  /** Those who are asked. */
  readonly remind: boolean;
  readonly notify: readonly Who[];
  readonly at: At;
}

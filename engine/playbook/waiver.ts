/** What a playbook allows in place of a criterion: an honest exit, for a while. */

import type { Duration } from '../time/duration.ts';
import type { At } from './text.ts';
import type { Who } from './who.ts';

export interface WaiverRule {
  /** Who may grant it; never whoever owns the case. */
  readonly by: Who;
  /** The longest it may stand, counted from when it is granted. */
  readonly at_most: Duration;
  /** An approval that must hold first. */
  readonly approval?: string;
  /** How long before its end whoever answers for it is reminded. */
  readonly remind_before?: Duration;
  readonly at: At;
}

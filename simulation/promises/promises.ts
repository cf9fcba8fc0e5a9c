/** Every promise that a simulated year is held to, by what it is about. */

import { CLOCK_PROMISES } from './clocks.ts';
import { EVIDENCE_PROMISES } from './evidence.ts';
import { INBOX_PROMISES } from './inboxes.ts';
import { JOURNAL_PROMISES } from './journal.ts';
import { MESSAGE_PROMISES } from './messages.ts';
import { MOVE_PROMISES } from './moves.ts';
import { PEOPLE_PROMISES } from './people.ts';
import type { Promised } from './promise.ts';

export const PROMISES: readonly Promised[] = [
  ...MOVE_PROMISES,
  ...EVIDENCE_PROMISES,
  ...CLOCK_PROMISES,
  ...MESSAGE_PROMISES,
  ...PEOPLE_PROMISES,
  ...INBOX_PROMISES,
  ...JOURNAL_PROMISES,
];

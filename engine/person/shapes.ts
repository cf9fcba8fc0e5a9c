/** The shapes that people were kept in, release by release. */

import type { Shapes, Upcast } from '../shapes.ts';
import type { PersonEvent } from './event.ts';

const SINCE_0_1: readonly Upcast[] = [];

/** People had no absences, and what was to be mailed was mailed when it came. */
const withAbsences: Upcast = (raw) => ({ ...raw, absences: [], absences_set: 0, waiting: [] });

const EVENTS: Readonly<Record<PersonEvent['event'], readonly Upcast[]>> = {
  person_joined: SINCE_0_1,
  person_changed: SINCE_0_1,
  absence_set: SINCE_0_1,
  absence_cancelled: SINCE_0_1,
  absence_began: SINCE_0_1,
  absence_ended: SINCE_0_1,
  leave_planned: SINCE_0_1,
  leave_cancelled: SINCE_0_1,
  person_left: SINCE_0_1,
  person_returned: SINCE_0_1,
  person_erased: SINCE_0_1,
  message_received: SINCE_0_1,
  subject_settled: SINCE_0_1,
  inbox_closed: SINCE_0_1,
  digest_sent: SINCE_0_1,
  figure_entered: SINCE_0_1,
  post_taken: SINCE_0_1,
  series_begun: SINCE_0_1,
  series_ended: SINCE_0_1,
  duty_opened: SINCE_0_1,
  duty_spared: SINCE_0_1,
  duty_done: SINCE_0_1,
  duty_rung_fired: SINCE_0_1,
  duty_missed: SINCE_0_1,
  duty_excused: SINCE_0_1,
  duty_passed: SINCE_0_1,
  duty_read: SINCE_0_1,
  duty_unread: SINCE_0_1,
  finding_found: SINCE_0_1,
  finding_gone: SINCE_0_1,
  finding_answered: SINCE_0_1,
  finding_rung_fired: SINCE_0_1,
  finding_passed: SINCE_0_1,
  goal_ended: SINCE_0_1,
  goal_due: SINCE_0_1,
  goal_agreed: SINCE_0_1,
  coaching_dropped: SINCE_0_1,
  coaching_finished: SINCE_0_1,
  coaching_shared: SINCE_0_1,
  turn_passed: SINCE_0_1,
  coaching_rung_fired: SINCE_0_1,
  coaching_postponed: SINCE_0_1,
  step_sent_back: SINCE_0_1,
  step_agreed: SINCE_0_1,
  step_answered: SINCE_0_1,
  coaching_opened: SINCE_0_1,
  items_read: SINCE_0_1,
  items_dismissed: SINCE_0_1,
};

export const PERSON_SHAPES: Shapes = { state: [withAbsences], events: EVENTS };

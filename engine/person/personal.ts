/** Which texts of a person's journal are about them, or name somebody. */

import { type PersonalPath, type PersonalPaths, textAt, wordedAt } from '../personal.ts';
import type { PersonCommand } from './command.ts';
import type { PersonEvent } from './event.ts';

const PROFILE = ['name', 'email'] as const;

const MESSAGE: readonly PersonalPath[] = [
  'case_title',
  'title.zh',
  'title.en',
  'text.zh',
  'text.en',
  'items.*.case_title',
  'items.*.text.zh',
  'items.*.text.en',
].map((path) => wordedAt(`message.${path}`));

const COMMANDS: Readonly<Record<PersonCommand['command'], readonly PersonalPath[]>> = {
  join: PROFILE.map((member) => textAt(member)),
  change: PROFILE.map((member) => textAt(member)),
  set_absence: [textAt('reason')],
  cancel_absence: [],
  leave: [],
  return: [],
  erase: [],
  receive: MESSAGE,
  settle: [],
  open_coaching: [],
  answer_step: [{ path: ['fields', '**'] }],
  agree: [],
  send_back: [textAt('reason')],
  postpone: [textAt('reason')],
  drop_coaching: [textAt('reason')],
  judge_goal: [textAt('note')],
  record_findings: [],
  enter_figure: [textAt('source')],
  answer_finding: [textAt('reason')],
  read: [],
  dismiss: [],
  wake: [],
};

const EVENTS: Readonly<Record<PersonEvent['event'], readonly PersonalPath[]>> = {
  person_joined: PROFILE.map((member) => textAt(`profile.${member}`)),
  person_changed: PROFILE.map((member) => textAt(`profile.${member}`)),
  absence_set: [textAt('absence.reason')],
  absence_cancelled: [],
  absence_began: [],
  absence_ended: [],
  leave_planned: [],
  leave_cancelled: [],
  person_left: [],
  person_returned: [],
  person_erased: [],
  message_received: MESSAGE,
  subject_settled: [],
  inbox_closed: [],
  digest_sent: [wordedAt('lines.*.title.zh'), wordedAt('lines.*.title.en')],
  coaching_opened: [],
  step_answered: [{ path: ['fields', '**'] }],
  step_agreed: [],
  step_sent_back: [textAt('reason')],
  coaching_postponed: [textAt('reason')],
  coaching_rung_fired: [],
  turn_passed: [],
  coaching_finished: [],
  coaching_dropped: [textAt('reason')],
  goal_agreed: [textAt('goal.title')],
  goal_due: [],
  goal_ended: [textAt('title'), textAt('note')],
  figure_entered: [textAt('source')],
  finding_found: [],
  finding_gone: [],
  finding_answered: [textAt('reason')],
  finding_rung_fired: [],
  finding_passed: [],
  items_read: [],
  items_dismissed: [],
};

/** Their post, region and manager are not here: they say who decided what, and stay. */
export const PERSON_PERSONAL: PersonalPaths = { commands: COMMANDS, events: EVENTS, reasons: [] };

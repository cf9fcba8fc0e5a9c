/** Commands to a person as a scenario writes them: by the names of the playbook, not of what is open under them. */

import type { PersonCommand } from '../person/command.ts';
import { isOpen } from '../person/rhythm/duty.ts';
import type { PersonState } from '../person/state.ts';
import { NEWEST } from '../playbook/scenario.ts';

/** The command with the names that are open now; what leads nowhere is for `decide` to answer. */
export function withNamesNow(state: PersonState | undefined, body: PersonCommand): PersonCommand {
  if ('session' in body) return body.session === NEWEST ? { ...body, session: newestSession(state) } : body;
  switch (body.command) {
    case 'judge_goal':
      return body.goal === NEWEST ? { ...body, goal: waitingGoal(state) } : body;
    case 'do_duty':
    case 'excuse_duty':
      return { ...body, duty: dutyOf(state, body.duty, true) };
    case 'read_duty':
      return { ...body, duty: dutyOf(state, body.duty, false) };
    default:
      return body;
  }
}

/** Names that nothing ever has: `decide` says that there is none. */
const [NO_SESSION, NO_GOAL] = ['s0', 'g0'];

function newestSession(state: PersonState | undefined): string {
  return state?.sessions?.at(-1)?.session ?? NO_SESSION;
}

function waitingGoal(state: PersonState | undefined): string {
  const goals = state?.goals ?? [];
  return (goals.find(({ asked }) => asked !== undefined) ?? goals[0])?.goal ?? NO_GOAL;
}

/** Of several of one name the first that waits: the one that is due first. */
function dutyOf(state: PersonState | undefined, name: string, open: boolean): string {
  return state?.duties?.find((one) => one.rule.duty === name && isOpen(one) === open)?.id ?? name;
}

/** `answer_step specific`; answers and notes are left out. */
export function personCommandText(body: PersonCommand): string {
  return [body.command, ...argumentsOf(body)].filter((word) => word !== NEWEST).join(' ');
}

function argumentsOf(body: PersonCommand): readonly string[] {
  switch (body.command) {
    case 'open_coaching':
      return [body.coaching];
    case 'answer_step':
      return [body.step, body.session];
    case 'judge_goal':
      return [body.goal];
    case 'do_duty':
    case 'read_duty':
    case 'excuse_duty':
      return [body.duty];
    case 'cancel_absence':
      return [body.absence];
    default:
      return 'session' in body ? [body.session] : [];
  }
}

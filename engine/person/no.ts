/** Builds the answers a person's decider gives. */

import type { Outcome, Problem, Reason } from '../case/outcome.ts';
import type { Text } from '../playbook/text.ts';
import type { PersonEvent } from './event.ts';

export type Decision = Outcome<PersonEvent>;

export function accepted(events: readonly PersonEvent[], warnings: readonly Reason[] = []): Decision {
  return { outcome: 'accepted', events, warnings };
}

export function invalid(...problems: readonly Problem[]): Decision {
  return { outcome: 'invalid', problems };
}

export function forbidden(code: string, message: Text): Decision {
  return { outcome: 'forbidden', reason: { code, path: '', message } };
}

export function refused(...reasons: readonly Reason[]): Decision {
  return { outcome: 'refused', reasons };
}

/** @param path JSON pointer into the command */
export function problem(code: string, path: string, message: Text): Problem {
  return { code, path, message };
}

/** Why something is refused a person, or accepted with a warning; scenarios name them. */
export const PERSON_REASONS = [
  'absence-overlaps',
  'already-gone',
  'already-joined',
  'check-unmet',
  'deadline-off-work',
  'deadline-past',
  'finding-not-open',
  'goal-computed',
  'judging-words',
  'last-administrator',
  'leaves-somebody-alone',
  'levels-reversed',
  'not-gone',
  'not-this-step',
  'nothing-to-measure',
  'on-leave',
  'owner-gone',
  'points-at-nothing',
  'post-gone',
  'postponed-enough',
  'postponed-too-far',
  'session-open',
  'substitute-absent',
] as const;
export type PersonReason = (typeof PERSON_REASONS)[number];

/** A reason about a person; `can_meet`: who can do something about it. */
export function reason(code: PersonReason, person: string, message: Text, can_meet: readonly string[] = []): Reason {
  return { code, message, about: `person ${person}`, unmet: [], can_meet, under_way: [] };
}

export function lastAdministrator(person: string): Decision {
  return refused(
    reason('last-administrator', person, {
      zh: `\`${person}\` 是最后一位管理员；请先另设一位`,
      en: `\`${person}\` is the last administrator: make somebody else one first`,
    }),
  );
}

export function hasLeft(person: string): Decision {
  return refused(reason('already-gone', person, { zh: `\`${person}\` 已离职`, en: `\`${person}\` has left already` }));
}

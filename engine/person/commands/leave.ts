/** `leave` and `return`: somebody goes, now or on a day to come, and may come back. */

import { localDate, startOfDay } from '../../time/calendar.ts';
import { personOf } from '../../who/reporting-line.ts';
import type { PersonCommandOf } from '../command.ts';
import type { PersonEvent } from '../event.ts';
import { calendarOf } from '../inbox-rules.ts';
import {
  accepted,
  type Decision,
  forbidden,
  hasLeft,
  invalid,
  lastAdministrator,
  problem,
  reason,
  refused,
} from '../no.ts';
import { BUILT_IN_ROLE, givesPower, isLastAdministrator, mayAdminister, mayBring } from '../rights.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';

/** From the beginning of the day named, in the person's calendar. */
export function leave(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  command: PersonCommandOf<'leave'>,
): Decision {
  if (!maySayWhoIsHere(world, state, actor)) return notForYou();
  if (!state.active) return hasLeft(state.person);
  if (isLastAdministrator(world, { role: state.role, active: false })) return lastAdministrator(state.person);
  const { on, successor } = command;
  const calendar = calendarOf(world, state.role);
  const today = localDate(calendar, world.now);
  const noSuccessor = successor === undefined ? undefined : successorProblem(world, successor);
  if (noSuccessor !== undefined) return invalid(noSuccessor);
  if (on !== undefined && on < today) {
    const message = {
      zh: `${on} 已过去；今天起离职就不写日期`,
      en: `${on} is past: leave the day out to have them gone now`,
    };
    return invalid(problem('date-in-past', '/on', message));
  }
  if (on === undefined || on === today) return accepted(leaving(world, actor, successor));
  const stamp = { v: 1, at: world.now, by: actor } as const;
  const leaves_at = startOfDay(calendar, on);
  const named = successor === undefined ? {} : { successor };
  return accepted([{ event: 'leave_planned', ...stamp, on, leaves_at, ...named }]);
}

export function comeBack(world: PersonWorld, state: PersonState, actor: string): Decision {
  if (!maySayWhoIsHere(world, state, actor)) return notForYou();
  const stamp = { v: 1, at: world.now, by: actor } as const;
  if (state.leaves !== undefined) return accepted([{ event: 'leave_cancelled', ...stamp }]);
  if (state.active) {
    return refused(
      reason('not-gone', state.person, { zh: `\`${state.person}\` 在职`, en: `\`${state.person}\` has not left` }),
    );
  }
  const hasPost = state.role === BUILT_IN_ROLE || world.roles?.posts.some((post) => post.role === state.role) !== false;
  if (hasPost) return accepted([{ event: 'person_returned', ...stamp }]);
  return refused(
    reason('post-gone', state.person, {
      zh: `岗位 \`${state.role}\` 已不存在；请先用 change 换一个岗位`,
      en: `there is no post \`${state.role}\` any more: give them another with \`change\` first`,
    }),
  );
}

/** What happens when somebody goes; the cases hear of it by `effectsOf`. */
export function leaving(world: PersonWorld, by: string, successor: string | undefined): readonly PersonEvent[] {
  const stamp = { v: 1, at: world.now, by } as const;
  return [{ event: 'person_left', ...stamp, ...(successor !== undefined && { successor }) }];
}

function maySayWhoIsHere(world: PersonWorld, state: PersonState, actor: string): boolean {
  return mayAdminister(world, actor) || (mayBring(world, actor) && !givesPower(world, state, actor, state));
}

function successorProblem({ people, person }: PersonWorld, successor: string) {
  const found = personOf(people, successor);
  if (successor !== person && found?.active === true) return undefined;
  const message =
    successor === person
      ? { zh: '离职的人不能接自己的班', en: 'who leaves cannot succeed themselves' }
      : found === undefined
        ? { zh: `没有人员 \`${successor}\``, en: `there is no person \`${successor}\`` }
        : { zh: `\`${successor}\` 已离职，请另选接手人`, en: `\`${successor}\` has left: name somebody else` };
  return problem(found === undefined ? 'unknown-person' : 'not-a-successor', '/successor', message);
}

function notForYou(): Decision {
  return forbidden('may-not-administer', { zh: '无权增改人员', en: 'you may not add or change people' });
}

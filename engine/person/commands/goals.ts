/** How goals end: by the figure on their day, or by the word of whoever coaches. */

import { firedBy } from '../../parts/waiting.ts';
import { SYSTEM } from '../../who/rights.ts';
import { endOf } from '../coaching/goals.ts';
import type { Goal, GoalEnd, Measured } from '../coaching/session.ts';
import { askedFor, duesOf, mayCoach, whoContext } from '../coaching/turns.ts';
import type { PersonCommandOf } from '../command.ts';
import type { PersonEvent } from '../event.ts';
import { accepted, type Decision, forbidden, reason, refused } from '../no.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';
import { noSuchGoal, opening } from './coaching.ts';

export function judgeGoal(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { goal: id, kept, note }: PersonCommandOf<'judge_goal'>,
): Decision {
  const goal = (state.goals ?? []).find((one) => one.goal === id);
  if (goal === undefined) return noSuchGoal(id);
  if (!mayCoach(world, actor)) {
    return forbidden('not-your-rep', { zh: '只有其上级可以评定', en: 'only those above them say whether it was kept' });
  }
  if (goal.asked === undefined && goal.measure !== undefined) {
    const message = {
      zh: `\`${id}\` 由指标计算，${goal.due_on} 后自动评定`,
      en: `\`${id}\` is computed: its measure settles it after ${goal.due_on}`,
    };
    return refused(reason('goal-computed', state.person, message));
  }
  return accepted(ending(world, state, actor, goal, kept ? 'kept' : 'not_kept', note === undefined ? {} : { note }));
}

/** The end of a goal, and the flow that it opens. */
function ending(
  world: PersonWorld,
  state: Pick<PersonState, 'sessions' | 'sessions_opened'>,
  by: string,
  goal: Goal,
  how: GoalEnd,
  more: { readonly measured?: Measured; readonly note?: string },
): readonly PersonEvent[] {
  const stamp = { v: 1, at: world.now, by } as const;
  const ended: PersonEvent = {
    event: 'goal_ended',
    ...stamp,
    goal: goal.goal,
    title: goal.title,
    how,
    ...more,
    settles: goal.asked ?? [],
  };
  const isMissed = how === 'missed' || how === 'not_kept';
  const named = isMissed ? goal.when_missed : goal.when_met;
  const flow = named === undefined ? undefined : world.coaching?.[named];
  const isOpen = (state.sessions ?? []).some((one) => one.flow.coaching === named);
  if (flow === undefined || isOpen) return [ended];
  return [ended, ...opening(world, state, SYSTEM, flow, { after: goal.goal })];
}

/** What falls due about coaching by itself, to be called when woken. Of rungs missed together the last speaks, to all that any names. */
export function ringCoaching(world: PersonWorld, state: PersonState): readonly PersonEvent[] {
  const events: PersonEvent[] = [];
  let opened = state.sessions_opened ?? 0;
  for (const goal of state.goals ?? []) {
    if (goal.asked !== undefined || goal.due_at > world.now) continue;
    const measured = world.outcomes?.[goal.goal];
    const stamp = { v: 1, at: world.now, by: SYSTEM } as const;
    if (goal.measure === undefined || measured === undefined) {
      events.push({ event: 'goal_due', ...stamp, goal: goal.goal, asked: askedFor(world, 'coach') });
      continue;
    }
    const flows = events.flatMap((one) => (one.event === 'coaching_opened' ? [one.flow.coaching] : []));
    const ended = ending(world, { ...state, sessions_opened: opened }, SYSTEM, goal, endOf(goal, measured), {
      measured,
    });
    const fresh = ended.filter((one) => one.event !== 'coaching_opened' || !flows.includes(one.flow.coaching));
    opened += fresh.filter((one) => one.event === 'coaching_opened').length;
    events.push(...fresh);
  }
  return [...events, ...ringTurns(world, state)];
}

function ringTurns(world: PersonWorld, state: PersonState): readonly PersonEvent[] {
  if (state.away !== undefined) return [];
  return (state.sessions ?? []).flatMap((session): PersonEvent[] => {
    const { asked, fired } = session;
    const now = firedBy(
      duesOf(world, state, session),
      { fired, now: world.now, asked },
      world.people,
      whoContext(world),
    );
    if (now === undefined) return [];
    return [
      {
        event: 'coaching_rung_fired',
        v: 1,
        at: world.now,
        by: SYSTEM,
        session: session.session,
        fired: now.fired,
        due_at: now.last.at,
        reminded: now.reminds ? asked : [],
        told: now.told,
        rule: now.last.rung.at,
      },
    ];
  });
}

/** Whose turn it is was settled by who led the person then: those who do now are asked instead. */
export function passTurns(world: PersonWorld, state: PersonState, by: string): readonly PersonEvent[] {
  return (state.sessions ?? []).flatMap((session): PersonEvent[] => {
    const step = session.flow.steps[session.at_step];
    if (step === undefined || step.by === 'rep') return [];
    const asked = askedFor(world, step.by);
    if (asked.join() === session.asked.join()) return [];
    const settles = session.asked.filter((one) => !asked.includes(one));
    return [{ event: 'turn_passed', v: 1, at: world.now, by, session: session.session, settles, asked }];
  });
}

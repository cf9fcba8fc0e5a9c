/** Makes coaching ready to show: everything to the rep and to who coaches them, to others only that it happens. */

import { notesAbout } from '../../engine/case/notes-for.ts';
import { MEASURES } from '../../engine/measure/catalogue.ts';
import { wayGone } from '../../engine/person/coaching/goals.ts';
import {
  type Baseline,
  type Goal,
  isShared,
  type Measured,
  type Session,
} from '../../engine/person/coaching/session.ts';
import { askedFor, duesOf } from '../../engine/person/coaching/turns.ts';
import type { PersonState } from '../../engine/person/state.ts';
import type { PersonWorld } from '../../engine/person/world.ts';
import type { CoachingStep } from '../../engine/playbook/coaching.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { EndedGoal, EndedSession } from '../../store/coaching-record.ts';
import type { RepWorld } from '../visible-rep.ts';
import { makeFormField } from './form-field.ts';
import { refOf } from './knowledge-view.ts';
import { personRef } from './person-ref.ts';
import type { GoalView, RepRow, SessionView } from './rep-view.ts';

export function repRow(world: PersonWorld, state: PersonState, viewer: string): RepRow {
  const { person, name, role, sessions = [], goals = [] } = state;
  return {
    person,
    name,
    role,
    coach: askedFor(world, 'coach').map((one) => personRef(world.people, one)),
    sessions: sessions.length,
    waits_for_you: sessions.filter(({ asked }) => asked.includes(viewer)).length,
    goals: goals.length,
    away: state.away !== undefined,
  };
}

export function openSession(world: RepWorld, state: PersonState, session: Session, seesAll: boolean): SessionView {
  const step = session.flow.steps[session.at_step];
  const due = state.away === undefined ? duesOf(world, state, session)[session.fired] : undefined;
  return {
    ...headOf(world, session),
    ...(step !== undefined && { step: step.step, step_title: step.title }),
    asked: session.asked.map((one) => personRef(world.people, one)),
    ...(due !== undefined && { due_at: due.at }),
    ...((seesAll || isShared(session, world.person)) && saidIn(world, session)),
  };
}

export function endedSession(world: RepWorld, ended: EndedSession, seesAll: boolean): SessionView {
  const { session, ended_at, how } = ended;
  return {
    ...headOf(world, session),
    asked: [],
    ended_at,
    how,
    ...((seesAll || isShared(session, world.person)) && saidIn(world, session)),
  };
}

function headOf(world: RepWorld, { session, flow, opened_at, postponed, finding, shared_by: shared }: Session) {
  const { coaching, title, postpone } = flow;
  return {
    session,
    coaching,
    title,
    opened_at,
    postponed,
    postponements: postpone.times,
    notes: notesAbout(world, `coaching ${coaching}`).map(refOf),
    ...(finding !== undefined && { finding }),
    ...(shared !== undefined && { shared_by: [...shared] }),
  };
}

function saidIn(world: PersonWorld, session: Session): Pick<SessionView, 'steps' | 'baseline'> {
  const { flow, baseline } = session;
  return {
    ...(baseline !== undefined && { baseline: baselineView(baseline) }),
    steps: flow.steps.map((step, index) => stepView(world, session, step, index)),
  };
}

function stepView(
  { people }: PersonWorld,
  { at_step, answers, proposed = {} }: Session,
  step: CoachingStep,
  index: number,
) {
  const { title, by, prompt, guidance, good, poor, fields } = step;
  const answer = answers[step.step];
  return {
    step: step.step,
    title,
    by,
    standing: index < at_step ? ('done' as const) : index === at_step ? ('now' as const) : ('to_come' as const),
    prompt,
    ...(guidance !== undefined && { guidance }),
    ...(good !== undefined && { good }),
    ...(poor !== undefined && { poor }),
    fields: fields.map((one) => ({
      ...makeFormField(one),
      ...(index >= at_step && Object.hasOwn(proposed, one.field) && { proposed: proposed[one.field] ?? '' }),
    })),
    is_agreement: step.sent_back_to !== undefined,
    ...(answer !== undefined && { answered_by: personRef(people, answer.by), answers: answer.fields }),
  };
}

function measureTitle(measure: string): Text {
  return MEASURES.find((one) => one.measure === measure)?.title ?? { zh: measure, en: measure };
}

function baselineView({ measure, own, team }: Baseline) {
  return { measure, title: measureTitle(measure), own, team };
}

/** @param now how it stands, where that was looked up */
export function goalView(world: PersonWorld, goal: Goal, seesAll: boolean, now?: Measured): GoalView {
  const gone = now === undefined ? undefined : wayGone(goal, now.value);
  return {
    ...goalHead(goal, seesAll),
    ...(seesAll && now !== undefined && { now }),
    ...(seesAll && gone !== undefined && { way_gone: Math.round(gone * 100) / 100 }),
    ...(goal.asked !== undefined && { waits_for: goal.asked.map((one) => personRef(world.people, one)) }),
  };
}

export function endedGoal({ goal, ended_at, how, measured, note }: EndedGoal, seesAll: boolean): GoalView {
  return {
    ...goalHead(goal, seesAll),
    ended_at,
    how,
    ...(seesAll && measured !== undefined && { now: measured }),
    ...(seesAll && note !== undefined && { note }),
  };
}

function goalHead({ goal, kind, coaching, title, agreed_on, due_on, measure }: Goal, seesAll: boolean) {
  return {
    goal,
    kind,
    coaching,
    agreed_on,
    due_on,
    ...(seesAll && { title }),
    ...(seesAll && measure !== undefined && { measure: { ...measure, title: measureTitle(measure.measure) } }),
  };
}

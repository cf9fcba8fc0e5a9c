/** From answers to a goal, and from a goal to its end (D28, D29). */

import { MEASURES, type MeasureId } from '../../measure/catalogue.ts';
import type { CoachingResult, GivenAnswer } from '../../playbook/coaching.ts';
import type { Value } from '../../playbook/value.ts';
import { endOfDay, isWorkingDay, localDate, type WorkingCalendar } from '../../time/calendar.ts';
import { reason } from '../no.ts';
import type { Baseline, Goal, GoalEnd, Measured, Session } from './session.ts';

export type Answers = Readonly<Record<string, Value>>;

/** Every answer so far, by field: names of fields are one in a flow. */
export function answersOf({ answers }: Session): Answers {
  return Object.assign({}, ...Object.values(answers).map(({ fields }) => fields));
}

export function measureNamed(value: Value | undefined): MeasureId | undefined {
  return MEASURES.find(({ measure }) => measure === value)?.measure;
}

/** Whether the first figure is better than the second, by the direction of the measure. */
export function isBetter(measure: MeasureId, figure: number, than: number): boolean {
  const better = MEASURES.find((one) => one.measure === measure)?.better;
  return better === 'lower' ? figure < than : figure > than;
}

/** What is worked out for checks; what cannot be told yet is absent, so that a check over it is not met. */
export function givenAnswers(
  leaves: CoachingResult | undefined,
  baseline: Baseline | undefined,
  answers: Answers,
): Partial<Record<GivenAnswer, boolean>> {
  const { realistic, ideal } = levelsOf(leaves, answers);
  if (baseline === undefined || realistic === undefined) return {};
  const { measure, own, team } = baseline;
  const best = isBetter(measure, team.high, team.low) ? team.high : team.low;
  return {
    better_than_baseline: isBetter(measure, realistic, own.value),
    beyond_the_team: isBetter(measure, ideal ?? realistic, best),
  };
}

function levelsOf(leaves: CoachingResult | undefined, answers: Answers) {
  const of = (name: string | undefined): number | undefined => {
    const value = name === undefined ? undefined : answers[name];
    return typeof value === 'number' ? value : undefined;
  };
  return { realistic: of(leaves?.measure?.realistic), ideal: of(leaves?.measure?.ideal) };
}

/** What speaks against a goal as far as it has been answered; each with its way out. */
export function againstGoal(
  person: string,
  leaves: CoachingResult | undefined,
  answers: Answers,
  { calendar, today }: { readonly calendar: WorkingCalendar; readonly today: string },
) {
  const due = leaves === undefined ? undefined : answers[leaves.due_on];
  const found = [];
  if (typeof due === 'string' && due <= today) {
    const message = { zh: `${due} 不在今天之后；请另定一天`, en: `${due} is not after today: choose a later day` };
    found.push(reason('deadline-past', person, message));
  } else if (typeof due === 'string' && !isWorkingDay(calendar, due)) {
    const message = { zh: `${due} 不是工作日；请另定一天`, en: `${due} is no working day: choose one that is` };
    found.push(reason('deadline-off-work', person, message));
  }
  const { realistic, ideal } = levelsOf(leaves, answers);
  const measure = measureNamed(answers[leaves?.measure?.field ?? '']);
  if (measure !== undefined && realistic !== undefined && ideal !== undefined && isBetter(measure, realistic, ideal)) {
    const message = {
      zh: `理想值 ${ideal} 不如现实值 ${realistic}；请对调或重定`,
      en: `the ideal level ${ideal} is less than the realistic one, ${realistic}: turn them round, or set them anew`,
    };
    found.push(reason('levels-reversed', person, message));
  }
  return found;
}

/** The goal that a session has come to. */
export function goalFrom(session: Session, id: string, calendar: WorkingCalendar, now: string): Goal | undefined {
  const { leaves } = session.flow;
  const answers = answersOf(session);
  const title = leaves === undefined ? undefined : answers[leaves.what];
  const due_on = leaves === undefined ? undefined : answers[leaves.due_on];
  if (leaves === undefined || typeof title !== 'string' || typeof due_on !== 'string') return undefined;
  const { realistic, ideal } = levelsOf(leaves, answers);
  const { baseline } = session;
  const bound = leaves.kind === 'goal' && baseline !== undefined && realistic !== undefined;
  if (leaves.kind === 'goal' && !bound) return undefined;
  return {
    goal: id,
    kind: leaves.kind,
    session: session.session,
    coaching: session.flow.coaching,
    title,
    agreed_on: localDate(calendar, now),
    due_on,
    due_at: endOfDay(calendar, due_on),
    ...(bound && {
      measure: {
        measure: baseline.measure,
        baseline: baseline.own,
        realistic,
        ...(ideal !== undefined && { ideal }),
      },
    }),
    ...(leaves.when_met !== undefined && { when_met: leaves.when_met }),
    ...(leaves.when_missed !== undefined && { when_missed: leaves.when_missed }),
  };
}

/** Where the figure at its end leaves a goal; both levels count as reached when the figure equals them. */
export function endOf({ measure }: Goal, measured: Measured): GoalEnd {
  if (measure === undefined) return 'missed';
  const { measure: id, realistic, ideal } = measure;
  if (ideal !== undefined && !isBetter(id, ideal, measured.value)) return 'ideal';
  return isBetter(id, realistic, measured.value) ? 'missed' : 'realistic';
}

/**
 * How far the way from the baseline to the realistic level has been gone, as a fraction; absent where there is no way.
 * Below 0 it has gone backwards.
 */
export function wayGone({ measure }: Goal, value: number): number | undefined {
  if (measure === undefined || measure.realistic === measure.baseline.value) return undefined;
  return (value - measure.baseline.value) / (measure.realistic - measure.baseline.value);
}

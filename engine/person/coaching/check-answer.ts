/** Holds the answers of a step to everything that is asked of them, and says all of it. */

import type { Reason } from '../../case/outcome.ts';
import { truthOf } from '../../condition/evaluate.ts';
import { seenInForm } from '../../condition/seen-in-form.ts';
import type { CoachingStep } from '../../playbook/coaching.ts';
import { localDate } from '../../time/calendar.ts';
import { personOf } from '../../who/reporting-line.ts';
import { reason } from '../no.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';
import { type Answers, againstGoal, givenAnswers, measureNamed } from './goals.ts';
import type { Baseline, Session } from './session.ts';
import { flowCalendar } from './turns.ts';

/** @param answers those of the steps before and of this one */
export interface Given {
  readonly step: CoachingStep;
  readonly answers: Answers;
  readonly baseline: Baseline | undefined;
}

/** What keeps the answers from being taken; empty: nothing. */
export function againstAnswer(
  world: PersonWorld,
  state: PersonState,
  { flow, asked }: Session,
  { step, answers, baseline }: Given,
): readonly Reason[] {
  const { person } = state;
  const calendar = flowCalendar(world, state, flow);
  const today = localDate(calendar, world.now);
  const found = [...againstGoal(person, flow.leaves, answers, { calendar, today })];
  const isBinding = step.fields.some(({ field }) => field === flow.leaves?.measure?.field);
  const measure = measureNamed(answers[flow.leaves?.measure?.field ?? '']);
  if (isBinding && baseline === undefined) found.push(nothingToMeasure(person, measure ?? ''));
  found.push(...pointsNowhere(world, step, answers));
  const known: Answers = { ...answers, ...givenAnswers(flow.leaves, baseline, answers) };
  const seen = seenInForm({ now: world.now, calendar }, (name) => known[name]);
  for (const { when, otherwise, at } of step.checks) {
    if (truthOf(when, seen) !== true) found.push({ ...reason('check-unmet', person, otherwise, asked), rule: at });
  }
  return found;
}

function nothingToMeasure(person: string, measure: string): Reason {
  return reason('nothing-to-measure', person, {
    zh: `\`${person}\` 的 \`${measure}\` 还没有数据，没有起点；请另选指标，或等有了数据`,
    en: `there is nothing yet to measure \`${measure}\` of \`${person}\` by, so it has no baseline: choose another measure, or wait for data`,
  });
}

/** What is said about somebody's conduct must be about something that happened (D30). */
function pointsNowhere({ owners = {}, person, people }: PersonWorld, step: CoachingStep, answers: Answers) {
  if (step.points_at === undefined) return [];
  const id = answers[step.points_at];
  if (typeof id === 'string' && Object.hasOwn(owners, id) && owners[id] === person) return [];
  const owner = typeof id === 'string' && Object.hasOwn(owners, id) ? personOf(people, owners[id] ?? '') : undefined;
  const message =
    owner === undefined
      ? {
          zh: `没有案件 \`${id}\`；请指明发生过的事`,
          en: `there is no case \`${id}\`: point at something that happened`,
        }
      : {
          zh: `案件 \`${id}\` 是 ${owner.name} 的；请指明本人的案件`,
          en: `case \`${id}\` is ${owner.name}'s: point at one of their own`,
        };
  return [reason('points-at-nothing', person, message)];
}

/** Words of judgement that the answers use; they are pointed out and keep nothing back. */
export function judgingWords(step: CoachingStep, own: Answers): readonly string[] {
  const said = Object.values(own)
    .filter((value) => typeof value === 'string')
    .join('\n')
    .toLowerCase();
  return step.judging_words.filter((word) => said.includes(word.toLowerCase()));
}

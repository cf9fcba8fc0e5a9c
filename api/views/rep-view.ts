/** Reps as those who lead them see them: what coaching is under way, what is agreed, how far it has come. */

import { z } from 'zod';
import { GOAL_ENDS } from '../../engine/person/coaching/session.ts';
import { byId, instant, list, personRef, text, value } from '../wire/shapes.ts';
import { formFieldShape } from './form-field.ts';
import { noteRef } from './knowledge-view.ts';

export const repRowShape = z
  .strictObject({
    person: z.string(),
    name: z.string(),
    role: z.string(),
    coach: list(personRef).meta({ description: 'Who coaches them now.' }),
    sessions: z.int().meta({ description: 'Coaching that is open.' }),
    waits_for_you: z.int().meta({ description: 'Sessions in which it is your turn.' }),
    goals: z.int().meta({ description: 'What is agreed and has not ended.' }),
    away: z.boolean(),
  })
  .meta({ id: 'Rep' });
export type RepRow = z.output<typeof repRowShape>;

const measured = z
  .strictObject({
    value: z.number().meta({ description: 'In the unit of the measure: percents as 65, amounts in whole units.' }),
    n: z.int().meta({ description: 'How many cases it rests on.' }),
    from: z.string(),
    until: z.string(),
    currency: z.string().exactOptional(),
  })
  .meta({ id: 'Measured' });

const baselineShape = z.strictObject({
  measure: z.string(),
  title: text,
  own: measured,
  team: z.strictObject({ low: z.number(), middle: z.number(), high: z.number(), n: z.int() }),
});

const formField = formFieldShape.extend({
  proposed: value.exactOptional().meta({ description: 'Stands where no other answer is given.' }),
});

const stepShape = z.strictObject({
  step: z.string(),
  title: text,
  by: z.enum(['rep', 'coach', 'either']),
  standing: z.enum(['done', 'now', 'to_come']),
  prompt: text,
  guidance: text.exactOptional(),
  good: text.exactOptional(),
  poor: text.exactOptional(),
  fields: list(formField),
  is_agreement: z.boolean(),
  answered_by: personRef.exactOptional(),
  answers: byId(value).exactOptional(),
});

const reasonGiven = z.strictObject({
  why: z.enum(['postponed', 'sent_back', 'dropped']),
  by: personRef,
  at: instant,
  reason: z.string(),
});

export const sessionShape = z
  .strictObject({
    session: z.string(),
    coaching: z.string(),
    title: text,
    opened_at: instant,
    step: z.string().exactOptional().meta({ description: 'Where it stands; absent once it has ended.' }),
    step_title: text.exactOptional(),
    finding: z.string().exactOptional().meta({ description: 'The finding that proposed it.' }),
    shared_by: list(z.string()).exactOptional().meta({
      description: 'Who has said that those further up may read it; they may once both have.',
    }),
    asked: list(personRef).meta({ description: 'Whose turn it is.' }),
    due_at: instant.exactOptional().meta({ description: 'When a reminder comes.' }),
    postponed: z.int(),
    postponements: z.int().meta({ description: 'How often it may be put off in all.' }),
    ended_at: instant.exactOptional(),
    how: z.enum(['finished', 'dropped']).exactOptional(),
    baseline: baselineShape.exactOptional(),
    notes: list(noteRef).meta({ description: 'Notes that help with it.' }),
    reasons: list(reasonGiven)
      .exactOptional()
      .meta({ description: 'Why it was put off, sent back or dropped; in the list of all sessions.' }),
    steps: list(stepShape)
      .exactOptional()
      .meta({ description: 'What is asked and was said; absent for those who see only that it happens.' }),
  })
  .meta({ id: 'CoachingSession' });
export type SessionView = z.output<typeof sessionShape>;

export const goalShape = z
  .strictObject({
    goal: z.string(),
    kind: z.enum(['goal', 'agreement']),
    coaching: z.string(),
    title: z.string().exactOptional().meta({ description: 'Absent for those who see only that there is one.' }),
    agreed_on: z.string(),
    due_on: z.string(),
    measure: z
      .strictObject({
        measure: z.string(),
        title: text,
        baseline: measured,
        realistic: z.number(),
        ideal: z.number().exactOptional(),
      })
      .exactOptional(),
    now: measured
      .exactOptional()
      .meta({ description: 'Since it was agreed; absent where there is nothing to measure.' }),
    way_gone: z
      .number()
      .exactOptional()
      .meta({ description: 'From the baseline (0) to the realistic level (1); below 0: gone backwards.' }),
    waits_for: list(personRef).exactOptional().meta({ description: 'Who is asked whether it was kept.' }),
    ended_at: instant.exactOptional(),
    how: z.enum(GOAL_ENDS).exactOptional(),
    note: z.string().exactOptional(),
  })
  .meta({ id: 'Goal' });
export type GoalView = z.output<typeof goalShape>;

export const repShape = z
  .strictObject({
    person: z.string(),
    name: z.string(),
    role: z.string(),
    coach: list(personRef),
    you_see: z.enum(['all', 'that_it_happens']),
    sessions: list(sessionShape),
    goals: list(goalShape),
    flows: list(z.strictObject({ coaching: z.string(), title: text })).meta({ description: 'What can be begun.' }),
  })
  .meta({ id: 'RepDetail' });
export type RepView = z.output<typeof repShape>;

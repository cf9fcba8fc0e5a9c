/** What stands between a case and its next step, and a shortest way there, as the API tells it. */

import { z } from 'zod';
import { at, leaf, list, personRef, text } from '../wire/shapes.ts';
import { reasonShape } from './reason-view.ts';

/** What every act is told with. */
const told = {
  who: list(z.string()).meta({ description: 'Those who can, each of them alone.' }),
  people: list(personRef),
  text,
  command: z.string().meta({ description: 'As `playrail do ID` takes it, contents left to be filled in.' }),
};

const act = z
  .discriminatedUnion('act', [
    z.strictObject({
      act: z.enum(['submit_evidence', 'accept_evidence', 'withdraw_evidence']),
      evidence: z.string(),
      title: text,
      rule: at,
      ...told,
    }),
    z.strictObject({
      act: z.literal('set_fact'),
      fact: z.string(),
      title: text,
      so_that: list(z.strictObject({ leaf, want: z.enum(['true', 'false', 'not_true', 'not_false']) })),
      rule: at,
      ...told,
    }),
    z.strictObject({
      act: z.literal('answer'),
      decision: z.string(),
      title: text,
      so_that: list(z.strictObject({ leaf, want: z.enum(['true', 'false', 'not_true', 'not_false']) })),
      rule: at,
      ...told,
    }),
    z.strictObject({ act: z.literal('log_activity'), activity: z.string(), ...told }),
    z.strictObject({
      act: z.literal('request_approval'),
      approval: z.string(),
      resumes: z.boolean().meta({ description: 'Answers to what has not changed are kept.' }),
      title: text,
      rule: at,
      ...told,
    }),
    z.strictObject({
      act: z.literal('approve'),
      approval: z.string(),
      step: z.string(),
      title: text,
      step_title: text,
      rule: at,
      ...told,
    }),
    z.strictObject({ act: z.literal('plan_task'), dated: z.boolean(), ...told }),
    z.strictObject({ act: z.literal('complete_task'), task: z.string(), title: z.string(), ...told }),
  ])
  .meta({ id: 'Act' });

export type ActView = z.output<typeof act>;

export const explainShape = z
  .strictObject({
    case: z.string(),
    goal: z.strictObject({
      stage: z.string().exactOptional(),
      title: text.exactOptional(),
      wins: z.boolean(),
      finishes: z.boolean(),
    }),
    goal_text: text,
    is_open: z.boolean().meta({ description: 'Nothing is in the way.' }),
    unmet: list(reasonShape),
    acts: list(act).exactOptional().meta({
      description:
        'In order, least effort first; leaving any one out does not reach the goal. Absent: no acts reach it.',
    }),
    effort: z.int().exactOptional().meta({ description: 'Number of commands, when there are acts.' }),
    is_cheapest: z.boolean().meta({ description: 'False when the search was cut short: fewer acts might do.' }),
  })
  .meta({ id: 'Explanation' });

export type ExplainView = z.output<typeof explainShape>;

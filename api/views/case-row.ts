/** A case as a line of a list: what somebody scanning many of them wants to see. */

import { z } from 'zod';
import { instant, list, money, personRef, text } from '../wire/shapes.ts';

export const caseRow = z
  .strictObject({
    case: z.string(),
    title: z.string(),
    pipeline: z.string(),
    pipeline_title: text,
    stage: z.string(),
    stage_title: text,
    status: z.enum(['open', 'won', 'lost']),
    finished: z.boolean(),
    ungated: z.boolean().meta({ description: 'Imported already closed: no gate of ours was passed.' }),
    owner: personRef,
    manager: personRef.exactOptional(),
    amount: money.extend({ mark: z.string().exactOptional() }).exactOptional(),
    opened_at: instant,
    entered_at: instant,
    days_in_stage: z.number().meta({ description: 'Working days of the pipeline’s calendar, to one decimal.' }),
    last_activity_at: instant,
    stall: z
      .strictObject({
        since: instant,
        cause: z.string(),
        days: z.number(),
        rungs_fired: z.int(),
        demanded: z.boolean(),
      })
      .exactOptional(),
    flags: list(z.string()),
    to_accept: z.int().meta({ description: 'Pieces of evidence that wait for acceptance.' }),
    debts: z.int(),
    debt_due_on: z.string().exactOptional(),
    parent: z.string().exactOptional().meta({ description: 'The case that started it.' }),
    updated_at: instant,
  })
  .meta({ id: 'CaseRow' });

export type CaseRow = z.output<typeof caseRow>;

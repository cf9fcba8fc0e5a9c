/** What a manager has before them in an inspection: the questions, and what the record shows to each. */

import { z } from 'zod';
import { instant, list, personRef, text } from '../wire/shapes.ts';
import { evidenceView } from './case-detail.ts';

const openTask = z.strictObject({
  task: z.string(),
  title: z.string(),
  owner: personRef,
  due_at: instant.exactOptional(),
  is_overdue: z.boolean(),
  agreed: z.boolean().meta({ description: 'The next step of the last inspection.' }),
});

export const inspectionView = z
  .strictObject({
    case: z.string(),
    title: z.string(),
    zone: z.string(),
    owner: personRef,
    questions: list(z.strictObject({ shows: z.enum(['progress', 'evidence', 'next_step', 'plan']), ask: text })).meta({
      description: 'The questions of the playbook, in order, and what of the record belongs to each.',
    }),
    progress: z.strictObject({
      stage: z.string(),
      stage_title: text,
      completed: text.exactOptional().meta({ description: 'The stage left last; absent: it stands where it opened.' }),
      entered_at: instant,
      days_in_stage: z.int(),
      timebox: z.strictObject({ length: text, is_over: z.boolean() }).exactOptional(),
      supported: z
        .strictObject({ stage: z.string(), title: text })
        .exactOptional()
        .meta({ description: 'The stage that accepted evidence supports, where that is an earlier one.' }),
    }),
    evidence: list(z.strictObject({ sheet: evidenceView, doubts: list(text) })),
    tasks: list(openTask).meta({ description: 'Open tasks; those that are overdue are promises not kept.' }),
    last: z
      .strictObject({ at: instant, by: personRef })
      .exactOptional()
      .meta({ description: 'The inspection before.' }),
  })
  .meta({ id: 'Inspection' });

export type InspectionView = z.output<typeof inspectionView>;

/** A finding as the API shows it. */

import { z } from 'zod';
import { FINDING_CLASSES } from '../../engine/playbook/diagnosis.ts';
import { FINDING_STANDINGS } from '../../store/list-findings.ts';
import { at, instant, list, personRef, text } from '../wire/shapes.ts';

export const findingView = z
  .strictObject({
    finding: z.string(),
    diagnosis: z.string(),
    class: z.enum(FINDING_CLASSES),
    class_title: text,
    title: text,
    standing: z
      .enum(FINDING_STANDINGS)
      .meta({ description: 'open: waits for an answer; in_hand: taken up; declined: not taken up, for a reason.' }),
    found_at: instant,
    times: z.int().meta({ description: 'How often it was found in this case.' }),
    due_at: instant.exactOptional().meta({ description: 'When the time to answer is over.' }),
    is_overdue: z.boolean(),
    asked: list(personRef).meta({ description: 'Whose answer it waits for, or waited for.' }),
    seen: list(z.strictObject({ name: z.string(), title: text, shown: text })).meta({
      description: 'What it was found by, as it stood then.',
    }),
    causes: list(text).meta({ description: 'Possible causes to ask about.' }),
    prescription: text.exactOptional(),
    answered: z.strictObject({ as: z.enum(['respond', 'decline']), by: personRef, at: instant }).exactOptional(),
    responses: list(z.string()).meta({ description: 'Cases that it started.' }),
    rule: at,
  })
  .meta({ id: 'Finding' });
export type FindingView = z.output<typeof findingView>;

export const listedFinding = findingView
  .extend({
    case: z.string(),
    case_title: z.string(),
    owner: personRef,
    zone: z.string().meta({ description: 'Of the calendar the case counts in.' }),
  })
  .meta({ id: 'ListedFinding', description: 'A finding, and the case it was found in.' });
export type ListedFindingView = z.output<typeof listedFinding>;

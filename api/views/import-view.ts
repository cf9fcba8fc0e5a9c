/** An import as the API shows it. */

import { z } from 'zod';
import { byId, list, text } from '../wire/shapes.ts';

const rowProblem = z
  .strictObject({ file: z.string(), line: z.int(), column: z.string().exactOptional(), message: text })
  .meta({ id: 'RowProblem', description: 'What is wrong with an export or one of its rows, at its place.' });

export const importShape = z
  .strictObject({
    import: z.int().exactOptional().meta({ description: 'Absent in a dry run.' }),
    mapping: z.string(),
    status: z.enum(['running', 'done', 'failed', 'rehearsed']),
    shift_days: z.int().meta({ description: 'Days by which the dates of a sample are moved.' }),
    phase: z.enum(['people', 'cases', 'changes', 'workflows', 'digests', 'done']),
    rows: z.int().meta({ description: 'Rows of the main table.' }),
    done: z.int().meta({ description: 'Rows done so far.' }),
    people: z.int().meta({ description: 'People who joined by this import.' }),
    opened: z.int().meta({ description: 'New running cases.' }),
    closed: z.int().meta({ description: 'New finished cases.' }),
    unchanged: z.int().meta({ description: 'Rows known from an earlier import, the same as then.' }),
    changed: z.int().meta({ description: 'Rows that changed since.' }),
    bad: z.int().meta({ description: 'Rows that could not come in.' }),
    changes: z
      .record(z.enum(['updated', 'reverted', 'held', 'accepted', 'agreed', 'failed']), z.int())
      .meta({ description: 'Of the changed rows those that the mapping does something about, by what came of it.' }),
    vanished: z.int().meta({ description: 'Open cases whose rows are no longer in the export.' }),
    skipped: z.record(z.enum(['left-out', 'header', 'duplicate']), z.int()).meta({
      description: 'Rows passed over: the mapping leaves them out, they repeat the header, or another row counts.',
    }),
    notes: z.record(
      z.enum(['no-opening-date', 'no-close-date', 'estimated', 'future-date', 'owner-replaced']),
      z.int(),
    ),
    late: byId(z.int()).meta({ description: 'Cases that came in late, by rung reached, counted from 1.' }),
    workflows_started: z.int(),
    digests: z.int(),
    problems: list(rowProblem).meta({ description: 'The first of them.' }),
    failure: text.exactOptional().meta({ description: 'Why it could not go on; what had come in by then stays.' }),
  })
  .meta({
    id: 'Import',
    description: 'Once it is over, `rows` is opened + closed + unchanged + changed + bad + all that was skipped.',
  });

export type ImportView = z.output<typeof importShape>;

export const mappingShape = z
  .strictObject({
    mapping: z.string(),
    title: text.exactOptional(),
    files: list(z.string()).meta({ description: 'The files it reads; the first is the main one.' }),
  })
  .meta({ id: 'Mapping' });

/** Where the CRM says a case stands. */
export const crmPosition = z.strictObject({
  stage: z.string().exactOptional(),
  closed: z
    .strictObject({ as: z.enum(['won', 'lost']), reason: z.string().exactOptional(), at: z.string().exactOptional() })
    .exactOptional(),
});

export const differencesShape = z
  .strictObject({
    items: list(
      z.strictObject({
        external_id: z.string().meta({ description: 'As the CRM calls it.' }),
        case: z.string(),
        title: z.string(),
        owner: z.string(),
        crm: crmPosition.meta({ description: 'What its row said when it was last imported.' }),
        stage: z.string(),
        status: z.enum(['open', 'won', 'lost']),
        finished: z.boolean(),
        held: z.boolean().meta({ description: 'Somebody must decide which of them counts.' }),
      }),
    ),
    next: z.string().exactOptional().meta({ description: 'Where the next page begins: give it as `after`.' }),
  })
  .meta({ id: 'CrmDifferences', description: 'Where the CRM and Playrail say different things of a case.' });

export type DifferenceView = z.output<typeof differencesShape>;

export type MappingView = z.output<typeof mappingShape>;

/** A person's inbox as the API shows it. */

import { z } from 'zod';
import { at, instant, list, text } from '../wire/shapes.ts';

const message = z
  .strictObject({
    kind: z.enum([
      'reminder',
      'notice',
      'demand',
      'evidence_to_accept',
      'evidence_settled',
      'task',
      'handed_over',
      'digest',
    ]),
    case: z.string().exactOptional().meta({ description: 'The case it is about.' }),
    case_title: z.string().exactOptional(),
    title: text,
    text,
    rule: at.exactOptional().meta({ description: 'The rule in the playbook that sent it.' }),
    items: list(z.strictObject({ case: z.string(), case_title: z.string(), text }))
      .exactOptional()
      .meta({ description: 'Digests: the lines it is made of.' }),
  })
  .meta({ id: 'Message' });

export const inboxItem = z
  .strictObject({
    item: z.int().meta({ description: 'Counts from 1 for each person.' }),
    received_at: instant,
    read_at: instant.exactOptional(),
    message,
  })
  .meta({ id: 'InboxItem' });

export type InboxItem = z.output<typeof inboxItem>;

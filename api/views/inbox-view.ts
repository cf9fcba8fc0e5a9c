/** A person's inbox as the API shows it. */

import { z } from 'zod';
import { SETTLEMENTS, type Settlement } from '../../engine/person/settlement.ts';
import { MESSAGE_KINDS } from '../../engine/playbook/roles.ts';
import { at, instant, list, money, text } from '../wire/shapes.ts';

/** `Object.keys` forgets what the keys are. */
const SETTLED = Object.keys(SETTLEMENTS) as [Settlement, ...Settlement[]];

const message = z
  .strictObject({
    kind: z.enum(MESSAGE_KINDS),
    case: z.string().exactOptional().meta({ description: 'The case it is about.' }),
    case_title: z.string().exactOptional(),
    subject: z
      .string()
      .exactOptional()
      .meta({ description: 'What it is about, while that is open; a newer message about it replaces this one.' }),
    on_behalf_of: z.string().exactOptional().meta({ description: 'The person in whose place its receiver is asked.' }),
    title: text,
    text,
    rule: at.exactOptional().meta({ description: 'The rule in the playbook that sent it.' }),
    at_risk: money.exactOptional().meta({ description: 'The amount of the case, while it is open.' }),
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
    settled_at: instant.exactOptional().meta({ description: 'Nothing is left to do about it since.' }),
    settled_how: z.enum(SETTLED).exactOptional(),
    message,
  })
  .meta({ id: 'InboxItem' });

export type InboxItem = z.output<typeof inboxItem>;

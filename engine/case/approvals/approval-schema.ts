/** The shapes of the commands about approvals. */

import { z } from 'zod';
import { id, line, name, note } from '../schema-texts.ts';

/** As people are shown it, or the whole SHA-256. */
const digest = z
  .string()
  .regex(/^[0-9a-f]{12,64}$/)
  .meta({ description: 'Of what was seen: whole, or its first twelve digits as people are shown them.' });

export const approvalSchemas = [
  z.strictObject({ command: z.literal('request_approval'), approval: id, note: note.exactOptional() }),
  z.strictObject({
    command: z.literal('resubmit'),
    approval: id,
    how: z.enum(['restart', 'continue', 'changed_only']),
    note: note.exactOptional(),
  }),
  z.strictObject({ command: z.literal('recall'), approval: id, reason: note.exactOptional() }),
  z.strictObject({ command: z.literal('cancel_approval'), approval: id, reason: note }),
  z.strictObject({
    command: z.literal('approve'),
    approval: id,
    step: id.exactOptional(),
    digest,
    conditions: z.array(line).min(1).max(20).exactOptional(),
    note: note.exactOptional(),
  }),
  z.strictObject({
    command: z.literal('reject'),
    approval: id,
    step: id.exactOptional(),
    digest: digest.exactOptional(),
    reason: note,
  }),
  z.strictObject({
    command: z.literal('send_back'),
    approval: id,
    step: id.exactOptional(),
    to: id.exactOptional(),
    digest: digest.exactOptional(),
    reason: note,
  }),
  z.strictObject({
    command: z.literal('add_signer'),
    approval: id,
    step: id.exactOptional(),
    person: name,
    when: z.enum(['before', 'after']),
  }),
  z.strictObject({ command: z.literal('remove_signer'), approval: id, person: name }),
  z.strictObject({
    command: z.literal('transfer'),
    approval: id,
    step: id.exactOptional(),
    to: name,
    reason: note.exactOptional(),
  }),
  z.strictObject({
    command: z.literal('delegate'),
    approval: id,
    step: id.exactOptional(),
    to: name,
    note: note.exactOptional(),
  }),
  z.strictObject({
    command: z.literal('copy_to'),
    approval: id,
    people: z.array(name).min(1).max(50),
    note: note.exactOptional(),
  }),
  z.strictObject({ command: z.literal('remind'), approval: id, note: note.exactOptional() }),
  z.strictObject({ command: z.literal('comment'), approval: id, text: note }),
] as const;

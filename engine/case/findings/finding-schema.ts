/** The shapes of the commands about findings. */

import { z } from 'zod';
import { id, name, note } from '../schema-texts.ts';
import { FINDING_ANSWERS } from './finding.ts';

export const findingSchemas = [
  z.strictObject({
    command: z.literal('record_findings'),
    found: z.array(z.strictObject({ finding: id, diagnosis: id, hash: name })).max(500),
    gone: z.array(id).max(500),
  }),
  z.strictObject({
    command: z.literal('answer_finding'),
    finding: id,
    answer: z.enum(FINDING_ANSWERS),
    reason: note.exactOptional(),
  }),
] as const;

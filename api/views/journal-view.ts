/** An entry of the journal as the API shows it: as it was written, with its hash. */

import { z } from 'zod';
import { list } from '../wire/shapes.ts';

export const journalEntry = z
  .strictObject({
    v: z.int().meta({ description: 'Version of the entry’s shape.' }),
    entity: z.strictObject({ kind: z.enum(['case', 'person']), id: z.string() }),
    seq: z.int().meta({ description: 'Counts from 1 for each entity.' }),
    command_id: z.string(),
    command: z.unknown(),
    actor: z.string(),
    at: z.string(),
    outcome: z.enum(['accepted', 'refused', 'fault']),
    events: list(z.unknown()).exactOptional(),
    warnings: list(z.unknown()).exactOptional(),
    reasons: list(z.unknown()).exactOptional(),
    cause: z.string().exactOptional().meta({ description: 'Of a fault, a code.' }),
    detail: z.string().exactOptional().meta({ description: 'Of a fault, what failed in the words of what failed.' }),
    people_version: z.int().meta({ description: 'The people the decision saw.' }),
    rules: z
      .string()
      .exactOptional()
      .meta({ description: 'Hash of the rules the case is pinned to, after this entry.' }),
    prev: z.string().meta({ description: 'Hash of the entity’s previous entry; empty for the first.' }),
    personal: list(z.strictObject({ at: list(z.string()), digest: z.string() }))
      .exactOptional()
      .meta({
        description:
          'Texts that lie apart from the chained entry, where `null` stands for each: where, and their salted SHA-256.',
      }),
    hash: z.string().meta({ description: 'SHA-256 of the chained entry.' }),
  })
  .meta({ id: 'JournalEntry' });

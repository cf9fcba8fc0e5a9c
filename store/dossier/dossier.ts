/** A dossier: all there is of one case, in one file that can be checked without the server it came from. */

import { z } from 'zod';
import type { Calendar } from '../../engine/playbook/calendar.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import type { JournalRow } from '../audit/follow-trail.ts';
import type { Summary } from './summary.ts';

const keptText = z.union([
  z.strictObject({ salt: z.string(), text: z.string(), generated: z.literal(true).exactOptional() }),
  z.strictObject({ erased: z.string() }),
]);

/** One entry with its columns, as it lies in the tables. */
const journalRow = z.strictObject({
  kind: z.literal('case'),
  entity: z.string(),
  seq: z.int(),
  command_id: z.string().nullable(),
  actor: z.string(),
  recorded_at: z.string(),
  text: z.string(),
  hash: z.string(),
  prev_hash: z.string(),
  texts: z.array(keptText).nullable(),
  person: z.string().nullable(),
  role: z.string().nullable(),
}) satisfies z.ZodType<JournalRow>;

const person = z.strictObject({
  person: z.string(),
  version: z.int(),
  until_version: z.int().nullable(),
  name: z.string(),
  role: z.string(),
  manager: z.string().nullable(),
});

const checkpoint = z.strictObject({
  document: z.string().meta({ description: 'Signed: it holds the hash of `heads`.' }),
  heads: z.string().meta({ description: 'How each journal ended that had changed since the checkpoint before.' }),
});

const seal = z
  .strictObject({ key: z.string(), signature: z.string() })
  .meta({ description: 'By the key of the checkpoints, over the canonical JSON (RFC 8785) of all the rest.' });

/** Compiled playbooks and what was worked out are plain data, held against what the file itself gives. */
export const dossierShape = z
  .strictObject({
    dossier: z.literal(1),
    case: z.string(),
    made_at: z.string(),
    journal: z.array(journalRow),
    head: z.strictObject({ seq: z.int(), head_hash: z.string(), state: z.unknown() }),
    rules: z
      .record(
        z.string(),
        z.custom<Rules>((one) => typeof one === 'object' && one !== null),
      )
      .meta({
        description: 'By hash, all rules that ever judged the case.',
      }),
    playbooks: z
      .array(
        z.strictObject({
          rules: z.string(),
          published_at: z.string(),
          published_by: z.string(),
          files: z.record(z.string(), z.string()),
        }),
      )
      .meta({ description: 'The YAML that these rules were first published from.' }),
    calendar: z.custom<Calendar>((one) => typeof one === 'object' && one !== null),
    people: z.array(person).meta({ description: 'Who is named in it, by version of the people.' }),
    erased: z.array(z.string()).meta({ description: 'Whose texts were erased.' }),
    files: z.array(z.strictObject({ sha256: z.string(), name: z.string(), size: z.number() })),
    checkpoint: checkpoint.exactOptional(),
    keys: z.array(z.string()).meta({ description: 'Public keys, as PEM; trust only one that you had from elsewhere.' }),
    seal: seal.exactOptional(),
    summary: z
      .custom<Summary>((one) => typeof one === 'object' && one !== null)
      .meta({
        description: 'To be read by people: verdicts with what they saw, approvals, waivers, the ledger of the clocks.',
      }),
  })
  .meta({ id: 'Dossier' });

export type Dossier = z.output<typeof dossierShape>;

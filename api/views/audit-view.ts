/** What checking the journal's chain found. */

import { z } from 'zod';
import { FINDING_CODES } from '../../store/audit/finding.ts';
import { instant, list, text } from '../wire/shapes.ts';

const finding = z
  .strictObject({
    code: z.enum(FINDING_CODES),
    kind: z.enum(['case', 'person', 'checkpoint']),
    id: z.string(),
    seq: z.int().exactOptional().meta({ description: 'The entry it was found at.' }),
    message: text,
  })
  .meta({ id: 'AuditFinding' });

export const auditShape = z
  .strictObject({
    ok: z.boolean(),
    entities: z.int(),
    entries: z.int(),
    checkpoints: z
      .int()
      .meta({ description: 'Whose copies were read; 0: nothing outside PostgreSQL vouches for the journal.' }),
    checkpoint_at: instant.exactOptional().meta({
      description: 'When the newest was made: cut tails and chains rewritten whole since then cannot be told.',
    }),
    findings_total: z.int(),
    findings: list(finding).meta({ description: 'The first of them.' }),
  })
  .meta({ id: 'Audit' });

export type AuditView = z.output<typeof auditShape>;

export const auditNewsShape = z
  .discriminatedUnion('news', [
    z.strictObject({ news: z.literal('progress'), entities: z.int(), entries: z.int() }),
    z.strictObject({ news: z.literal('result'), result: auditShape }),
  ])
  .meta({ id: 'AuditNews' });

const digest = z.string().meta({ description: 'SHA-256, hex.' });

export const checkpointShape = z
  .strictObject({
    v: z.literal(1),
    n: z.int(),
    at: instant,
    prior: digest,
    entities: z.int(),
    entries: z.int(),
    heads: digest,
    changes: digest,
    after_restore: z.literal(true).exactOptional(),
  })
  .meta({ id: 'Checkpoint' });

export type CheckpointView = z.output<typeof checkpointShape>;

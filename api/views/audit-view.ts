/** What checking the journal's chain found. */

import { z } from 'zod';
import { FINDING_CODES } from '../../store/audit/finding.ts';
import { list, text } from '../wire/shapes.ts';

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
    findings_total: z.int(),
    findings: list(finding).meta({ description: 'The first of them.' }),
  })
  .meta({ id: 'Audit' });

export type AuditView = z.output<typeof auditShape>;

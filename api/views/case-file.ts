/** A file of a case as the API shows it. */

import { z } from 'zod';
import { fileValue, instant, personRef } from '../wire/shapes.ts';

export const caseFileShape = z
  .strictObject({ ...fileValue.shape, uploaded_by: personRef, uploaded_at: instant })
  .meta({ id: 'CaseFile', description: 'A file of a case, as it was uploaded first.' });

export type CaseFileView = z.output<typeof caseFileShape>;

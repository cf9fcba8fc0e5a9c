/** A person as the API shows them. */

import { z } from 'zod';

export const personShape = z
  .strictObject({
    person: z.string(),
    name: z.string(),
    role: z.string(),
    manager: z.string().exactOptional().meta({ description: 'Whom this person reports to.' }),
    region: z.string().exactOptional(),
    email: z.string().exactOptional(),
    lang: z.enum(['zh', 'en']),
    active: z.boolean(),
  })
  .meta({ id: 'Person' });

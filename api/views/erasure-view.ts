/** An erasure as the API shows it, before it is asked for and after. */

import { z } from 'zod';
import { instant, list, text } from '../wire/shapes.ts';

const count = (description: string) => z.int().meta({ description });

export const erasureShape = z
  .strictObject({
    person: z.string(),
    has_left: z.boolean().meta({ description: 'Only who has left can be erased.' }),
    found: z.strictObject({
      about: count('Texts about them: name, mail address, absences, their inbox.'),
      named: count('Texts that Playrail worded and that name them.'),
      written: count('Texts they wrote about cases: erased with `written`.'),
      quoted: count('Texts others wrote that name them: erased with `quoted`.'),
      chained: count('Entries of version 1, whose texts cannot be erased.'),
    }),
    requested_at: instant.exactOptional(),
    done_at: instant.exactOptional(),
    stays: list(z.strictObject({ what: text, why: text })),
  })
  .meta({ id: 'Erasure' });

export type ErasureView = z.output<typeof erasureShape>;
